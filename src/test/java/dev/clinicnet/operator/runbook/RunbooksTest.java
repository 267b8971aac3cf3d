package dev.clinicnet.operator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every alert has a runbook, and all have one form. {@code RunbooksIT} walks through them. */
class RunbooksTest {
  private static final int SHORT = 700;

  static List<Runbook> all() {
    return Runbook.all();
  }

  @Test
  void everyAlertHasOneAndNoOtherIsThere() throws IOException {
    Map<String, String> severities = new TreeMap<>();
    JsonNode rules =
        new YAMLMapper()
            .readTree(Path.of("deploy/components/monitoring/prometheusrule.yaml").toFile())
            .at("/spec/groups/0/rules");
    rules.forEach(
        rule -> severities.put(rule.path("alert").asText(), rule.at("/labels/severity").asText()));
    Map<String, String> said = new TreeMap<>();
    all().forEach(runbook -> said.put(runbook.alert(), runbook.severity()));

    assertThat(said).isEqualTo(severities);
  }

  @ParameterizedTest
  @MethodSource("all")
  void itHasTheFormOfAllRunbooks(Runbook runbook) {
    assertThat(runbook.lines().subList(0, 4))
        .containsExactly("# " + runbook.alert(), "", "| Severity | Played by |", "|---|---|");
    assertThat(runbook.sections()).isEqualTo(Runbook.SECTIONS);
    for (String section : Runbook.SECTIONS) {
      assertThat(runbook.section(section)).as(section).isNotEmpty();
    }
    assertThat(runbook.section("What it means")).hasSizeLessThan(SHORT);
    assertThat(runbook.section("Do this")).startsWith("1. ");
    assertThat(runbook.commands()).extracting(Runbook.Commands::section).contains("Look here");
  }

  /** A command that a test runs shows what it printed. The others say why no test runs them. */
  @ParameterizedTest
  @MethodSource("all")
  void everyCommandIsRunOrSaysWhyNot(Runbook runbook) {
    for (Runbook.Commands commands : runbook.commands()) {
      boolean shown = commands.output() >= 0;
      boolean expected = commands.section().equals("Look here") && commands.notRun().isEmpty();
      assertThat(shown).as(commands.text()).isEqualTo(expected);
      if (shown) {
        assertThat(runbook.lines().get(commands.output() + 1)).isNotEqualTo("```");
      }
    }
  }

  /** No test has a new key at hand, so this command is not run. */
  @Test
  void aNewKeyIsWrittenWhereTheOperatorReadsIt() throws IOException {
    Runbook rejected =
        all().stream()
            .filter(runbook -> runbook.alert().equals("ClinicOperatorAPIKeyRejected"))
            .findFirst()
            .orElseThrow();

    assertThat(Files.readString(Path.of("deploy/base/deployment.yaml")))
        .contains("secretName: clinic-operator-ngrok")
        .contains("/api-key");
    assertThat(rejected.section("Do this"))
        .contains("secret generic clinic-operator-ngrok ", " --from-file=api-key=");
  }

  @ParameterizedTest
  @MethodSource("all")
  void itNamesTheTestThatPlaysIt(Runbook runbook) throws IOException {
    assertThat(runbook.tests()).isNotEmpty();
    for (MatchResult test : runbook.tests()) {
      if (test.group(1).contains("/")) {
        Path file = Path.of(test.group(1) + "." + test.group(2));
        assertThat(Files.readString(file)).contains("alertname: " + runbook.alert());
      } else {
        String code = Files.readString(source(test.group(1)));
        assertThat(test.group(2) == null || code.contains("void " + test.group(2) + "("))
            .as(test.group())
            .isTrue();
        assertThat(code).as(test.group()).contains('"' + runbook.alert() + '"');
      }
    }
  }

  private static Path source(String test) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files
          .filter(file -> file.endsWith(test + ".java"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no test " + test));
    }
  }
}
