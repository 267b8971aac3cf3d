package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.account.FailureVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/limits.md} as the operator behaves. */
class LimitsDocTest {
  private static final String PREFIX = "ERR_NGROK_";
  private static final int CODES = 2;
  private static final int REASON = 3;

  /**
   * The codes of limits on what the operator never does: to set a region, to bring tokens of its
   * own, to make API keys, SSH keys, IP policies and certificate authorities; and two that name any
   * feature.
   */
  private static final Set<String> NEVER_CAUSED =
      Stream.of(460, 461, 622, 638, 603, 608, 613, 617, 1410, 1411, 1415, 1417, 1954, 4012, 4023)
          .map(code -> PREFIX + code)
          .collect(Collectors.toSet());

  @Test
  void everyLimitHasTheReasonThatTheOperatorGives() throws IOException {
    assertThat(rows())
        .isNotEmpty()
        .allSatisfy(
            row ->
                assertThat(codes(row))
                    .as(row.toString())
                    .isNotEmpty()
                    .allSatisfy(code -> assertThat(reason(code)).isEqualTo(row.get(REASON))));
  }

  @Test
  void everyCodeOfALimitIsOnThePageOrIsNeverCaused() throws IOException {
    Set<String> limits =
        FailureCodes.parse(FailureCodes.lines()).entrySet().stream()
            .filter(code -> isLimit(code.getValue()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> named =
        rows().stream().flatMap(row -> codes(row).stream()).collect(Collectors.toSet());

    assertThat(limits).containsAll(NEVER_CAUSED);
    limits.removeAll(NEVER_CAUSED);
    assertThat(named).containsExactlyInAnyOrderElementsOf(limits);
  }

  private static boolean isLimit(Verdict verdict) {
    return verdict.failure() == Failure.ACCOUNT_LIMIT || verdict.failure() == Failure.THROTTLED;
  }

  private static String reason(String code) {
    Failure failure = FailureCodes.of(code).failure();
    return "`" + FailureVerdict.of(new NgrokException(failure, code, "", null)).reason() + "`";
  }

  private static List<String> codes(List<String> row) {
    return Arrays.stream(row.get(CODES).split(" ", -1)).map(code -> PREFIX + code).toList();
  }

  /** The cells of the table's rows. */
  private static List<List<String>> rows() throws IOException {
    String page = Files.readString(Path.of("docs/limits.md"));
    String table = page.substring(page.indexOf("<!-- limits"), page.indexOf("<!-- /limits"));
    return table
        .lines()
        .filter(line -> line.startsWith("|"))
        .skip(2)
        .map(line -> Arrays.stream(line.split("\\|", -1)).skip(1).map(String::strip).toList())
        .toList();
  }
}
