package dev.clinicnet.operator.chart;

import static dev.clinicnet.operator.api.schema.GeneratedFile.assertCurrent;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The form of the Grafana dashboards. {@code DashboardsIT} runs their queries. */
class DashboardsTest {
  private static final Pattern METRIC =
      Pattern.compile("\\b(ngrok|operator|clinicnet|clinic)_[a-z_]*[a-z]\\b(?!\")");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-z]\\w*)");
  private static final Pattern RUNBOOK = Pattern.compile("\\$\\{runbooks}/(\\w+)\\.md");
  private static final int COLUMNS = 24;

  static List<Dashboard> all() {
    return Dashboard.all();
  }

  @Test
  void thereAreThree() {
    assertThat(all())
        .extracting(Dashboard::name)
        .containsExactly("account.json", "clinic.json", "fleet.json");
    assertThat(all()).extracting(d -> d.json().path("uid").asText()).doesNotHaveDuplicates();
  }

  @Test
  void theyAreWhatTheirSourcesSay() throws Exception {
    Process check =
        new ProcessBuilder("dev/dashboards/generate", "--check").redirectErrorStream(true).start();
    String output = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(check.waitFor()).as(output).isZero();
  }

  @ParameterizedTest
  @MethodSource("all")
  void theChartHoldsAnExactCopyAndNothingElse(Dashboard dashboard) throws IOException {
    Path copies = Path.of("helm/clinic-operator/files/dashboards");

    assertCurrent(
        copies.resolve(dashboard.name()),
        Files.readString(Dashboard.DIRECTORY.resolve(dashboard.name())));
    try (Stream<Path> files = Files.list(copies)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(all().stream().map(Dashboard::name).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyPanelSaysWhatItShowsAndInWhichUnit(Dashboard dashboard) {
    assertThat(dashboard.json().path("schemaVersion").intValue()).isGreaterThanOrEqualTo(39);
    for (JsonNode panel : dashboard.panels()) {
      String title = panel.path("title").asText();
      assertThat(title).isNotEmpty();
      assertThat(panel.path("description").asText()).as(title).endsWith(".");
      assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(title).isNotEmpty();
      assertThat(panel.at("/datasource/uid").asText()).as(title).isEqualTo("${datasource}");
      assertThat(panel.path("targets")).as(title).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void noPanelLiesOverAnother(Dashboard dashboard) {
    List<Integer> ids = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (JsonNode panel : dashboard.json().path("panels")) {
      ids.add(panel.path("id").intValue());
      JsonNode place = panel.path("gridPos");
      int x = place.path("x").intValue();
      int y = place.path("y").intValue();
      assertThat(x + place.path("w").intValue()).isLessThanOrEqualTo(COLUMNS);
      for (int i = x; i < x + place.path("w").intValue(); i++) {
        for (int j = y; j < y + place.path("h").intValue(); j++) {
          assertThat(taken.add(i + "," + j)).as(panel.path("title").asText()).isTrue();
        }
      }
    }
    assertThat(ids).doesNotHaveDuplicates().doesNotContain(0);
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyMetricIsDocumented(Dashboard dashboard) throws IOException {
    String doc = Files.readString(Path.of("docs/operations.md"));
    for (Dashboard.Query query : dashboard.queries()) {
      Matcher metrics = METRIC.matcher(query.expression().replaceAll("\"[^\"]*\"", "\"\""));
      while (metrics.find()) {
        String metric = metrics.group().replaceAll("_(bucket|count|sum)$", "");
        assertThat(doc).as(query.panel()).contains("| `" + metric + "`");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyVariableIsThere(Dashboard dashboard) {
    Set<String> used = new HashSet<>();
    Matcher variables = VARIABLE.matcher(dashboard.json().toString());
    while (variables.find()) {
      used.add(variables.group(1));
    }

    assertThat(dashboard.variables())
        .extracting(variable -> variable.path("name").asText())
        .containsExactlyInAnyOrderElementsOf(used);
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyRunbookIsThere(Dashboard dashboard) {
    Matcher runbooks = RUNBOOK.matcher(dashboard.json().toString());
    while (runbooks.find()) {
      assertThat(Path.of("docs/runbooks", runbooks.group(1) + ".md")).exists();
    }
  }
}
