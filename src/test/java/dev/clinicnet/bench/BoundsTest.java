package dev.clinicnet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BoundsTest {
  private final Figures figures =
      new Figures().put("counts", "list pages", 3).put("counts", "writes", 2);

  @Test
  void aFigureAboveABoundThatWasMetFails() throws IOException {
    List<Bounds.Judgement> judgements =
        Bounds.parse(
                """
                steady:
                  - {figure: "counts: list pages", atMost: 2, met: true}
                  - {figure: "counts: writes", atMost: 2, met: true}
                """)
            .judge("steady", false, 100, 1, figures);

    assertThat(judgements).extracting(Bounds.Judgement::fails).containsExactly(true, false);
    assertThat(judgements.get(0).toString()).contains("FAILS");
  }

  @Test
  void aFigureThatWasNotMeasuredFails() throws IOException {
    List<Bounds.Judgement> judgements =
        Bounds.parse(
                """
                steady:
                  - {figure: "counts: renamed", atMost: 2, met: true}
                  - {figure: "requests to ngrok: POST endpoints", atMost: 0, met: true}
                """)
            .judge("steady", false, 100, 1, figures);

    assertThat(judgements).extracting(Bounds.Judgement::fails).containsExactly(true, false);
  }

  @Test
  void aBoundThatIsNotMetYetIsOnlyReported() throws IOException {
    List<Bounds.Judgement> judgements =
        Bounds.parse("steady: [{figure: \"counts: list pages\", atMost: 2, met: false}]")
            .judge("steady", false, 100, 1, figures);

    assertThat(judgements).hasSize(1).noneMatch(Bounds.Judgement::fails);
    assertThat(judgements.get(0).toString()).contains("not met");
  }

  @Test
  void aBoundForTheLimitCountsOnlyThere() throws IOException {
    Bounds bounds =
        Bounds.parse("steady: [{figure: \"counts: writes\", atMost: 1, limit: real, met: true}]");

    assertThat(bounds.judge("steady", true, 100, 1, figures)).hasSize(1);
    assertThat(bounds.judge("steady", false, 100, 1, figures)).isEmpty();
  }

  @Test
  void aBoundForANumberOfClinicsCountsOnlyThere() throws IOException {
    Bounds bounds =
        Bounds.parse("steady: [{figure: \"counts: writes\", atMost: 1, clinics: 1000, met: true}]");

    assertThat(bounds.judge("steady", false, 1000, 1, figures)).hasSize(1);
    assertThat(bounds.judge("steady", false, 100, 1, figures)).isEmpty();
  }

  @Test
  void aBoundForASpeedCountsOnlyThere() throws IOException {
    Bounds bounds =
        Bounds.parse("steady: [{figure: \"counts: writes\", atMost: 1, factor: 1, met: true}]");

    assertThat(bounds.judge("steady", false, 100, 1, figures)).hasSize(1);
    assertThat(bounds.judge("steady", false, 100, 30, figures)).isEmpty();
  }

  @Test
  void theFileHasBoundsForEveryScenario() {
    assertThat(Bounds.read().scenarios().keySet())
        .containsExactlyInAnyOrderElementsOf(Scenarios.ALL.stream().map(Scenario::name).toList());
  }

  @Test
  void theReadmeListsExactlyTheBoundsThatAreNotMet() throws IOException {
    String readme = Files.readString(Path.of("bench/README.md"));
    String section = readme.substring(readme.indexOf("## Not met"));

    List<String> notMet =
        Bounds.read().scenarios().entrySet().stream()
            .flatMap(
                scenario ->
                    scenario.getValue().stream()
                        .filter(bound -> !bound.met())
                        .map(bound -> scenario.getKey() + ": " + bound.figure()))
            .toList();

    assertThat(Pattern.compile("(?m)^\\| `([^`]+)` ").matcher(section).results())
        .extracting(row -> row.group(1))
        .containsExactlyInAnyOrderElementsOf(notMet);
  }
}
