package dev.clinicnet.operator.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Each broken manifest makes {@code lint} fail, with the message of the component that would refuse
 * it.
 */
class BrokenManifestsTest {
  private record Run(int exit, String output) {}

  static Stream<BrokenManifest> broken() {
    return BrokenManifest.all().stream();
  }

  @ParameterizedTest
  @MethodSource("broken")
  void lintFailsWithTheFieldAndTheReason(BrokenManifest broken) {
    Run run = lint(BrokenManifest.GOOD.resolve("clinic.yaml").toString(), broken.file().toString());

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.output().lines().filter(line -> line.contains("error")))
        .as(run.output())
        .anySatisfy(line -> assertThat(line).contains(broken.field()).contains(broken.expect()));
    assertThat(run.output()).doesNotContain("fake-pw", "fake-fake", "fake-password", "MII");
  }

  /** The cases that do not need the Clinic. */
  static Stream<BrokenManifest> brokenByThemselves() {
    Set<String> byTheClinic = Set.of("host-uncovered.yaml", "internal-url-outside.yaml");
    return broken().filter(broken -> !byTheClinic.contains(broken.name()));
  }

  /** A pull request often holds the service alone. */
  @ParameterizedTest
  @MethodSource("brokenByThemselves")
  void lintFailsWithoutTheClinic(BrokenManifest broken) {
    Run run = lint(broken.file().toString());

    assertThat(run.exit()).as(run.output()).isEqualTo(1);
    assertThat(run.output()).contains(broken.field()).contains(broken.expect());
  }

  @Test
  void thereAreManyOfEachKind() {
    List<BrokenManifest> all = BrokenManifest.all();

    assertThat(all).hasSizeGreaterThanOrEqualTo(60);
    for (String by : List.of("api", "operator", "reference")) {
      assertThat(all).filteredOn(broken -> broken.by().equals(by)).hasSizeGreaterThan(15);
    }
  }

  @Test
  void whatTheyAreAppliedOverIsSound() {
    assertThat(lint(BrokenManifest.GOOD.toString()).output()).contains("0 errors, 0 warnings");
  }

  private static Run lint(String... files) {
    StringWriter output = new StringWriter();
    int exit =
        new CommandLine(new LintCommand())
            .setOut(new PrintWriter(output))
            .setErr(new PrintWriter(output))
            .execute(files);
    return new Run(exit, output.toString());
  }
}
