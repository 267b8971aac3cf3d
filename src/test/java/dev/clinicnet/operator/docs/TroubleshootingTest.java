package dev.clinicnet.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/troubleshooting.md} leads to reasons that exist, and to all that need somebody. */
class TroubleshootingTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| [^|]+ \\| ([^|]+) \\| [^|]+ \\|$");
  private static final Pattern NAME = Pattern.compile("`([A-Z]\\w+)`");

  private final List<String> named = named();

  @Test
  void everyNamedConditionAndReasonExists() {
    assertThat(named)
        .isNotEmpty()
        .allMatch(
            name -> ConditionType.parse(name).isPresent() || Reason.parse(name).isPresent(),
            "exists");
  }

  @Test
  void everyReasonThatNeedsSomebodyHasARow() {
    assertThat(
            Stream.of(Reason.values())
                .filter(reason -> reason.waits() == Reason.Waits.SOMEBODY)
                .map(Enum::name))
        .isSubsetOf(named);
  }

  private static List<String> named() {
    try {
      return ROW.matcher(Files.readString(Path.of("docs/troubleshooting.md")))
          .results()
          .flatMap(
              row -> NAME.matcher(row.group(1)).results().map((MatchResult name) -> name.group(1)))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
