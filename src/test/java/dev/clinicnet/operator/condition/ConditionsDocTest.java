package dev.clinicnet.operator.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code docs/conditions.md} explains every type and reason, and none that does not exist. */
class ConditionsDocTest {
  private static final Pattern REASON =
      Pattern.compile("(?m)^\\| `(\\w+)` \\| (nothing|time|setup|somebody) \\| \\S.{8,} \\|$");

  private static final Pattern TYPE =
      Pattern.compile("(?m)^\\| `(\\w+)` \\| (all|both|Clinic|ClinicService|ClinicSession) \\|");

  private final String doc = read();

  @Test
  void everyTypeIsExplained() {
    assertThat(TYPE.matcher(doc).results().map(row -> row.group(1)))
        .containsExactlyElementsOf(Stream.of(ConditionType.values()).map(Enum::name).toList());
  }

  @Test
  void everyReasonIsExplainedWithWhatItWaitsFor() {
    List<String> expected =
        Stream.of(Reason.values())
            .map(reason -> reason.name() + " " + reason.waits().name().toLowerCase(Locale.ROOT))
            .toList();

    // A reason of two types has a row for each.
    assertThat(
            REASON.matcher(doc).results().map(row -> row.group(1) + " " + row.group(2)).distinct())
        .containsExactlyElementsOf(expected);
  }

  /** The output of {@code kubectl explain} for the conditions of a kind. */
  @ParameterizedTest
  @CsvSource({"Clinic, clinics", "ClinicService, clinicservices", "ClinicSession, clinicsessions"})
  void kubectlExplainsEveryTypeThatAKindHas(String kind, String plural) throws IOException {
    String crd = Files.readString(Path.of("crds", plural + ".clinicnet.dev.yaml"));
    String explained =
        crd.lines().filter(line -> line.contains("Accepted, ResolvedRefs")).findFirst().orElse("");

    assertThat(
            TYPE.matcher(doc)
                .results()
                .filter(row -> List.of("all", kind).contains(row.group(2)) || isBoth(row, kind))
                .map(row -> row.group(1)))
        .isNotEmpty()
        .allMatch(explained::contains);
  }

  private static boolean isBoth(MatchResult row, String kind) {
    return row.group(2).equals("both") && !kind.equals("ClinicSession");
  }

  private static String read() {
    try {
      return Files.readString(Path.of("docs/conditions.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
