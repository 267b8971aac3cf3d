package dev.clinicnet.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Alerts speak of metrics that are there, and each alert has its tests, its row and its words. */
class AlertsDocTest {
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:(?:ngrok|operator|clinicnet|clinic)_[a-z_]+|up)(?=[{) ])");
  private static final Pattern ALERT = Pattern.compile("(?m)^\\| `(ClinicOperator\\w+)` \\|");

  private final String doc = Alerts.text(Path.of("docs/operations.md"));
  private final JsonNode rules = Alerts.rules();

  @Test
  void everyMetricOfAnAlertIsDocumented() {
    assertThat(rules).isNotEmpty();
    for (JsonNode rule : rules) {
      List<String> metrics = groups(METRIC, rule.path("expr").asText(), 0);

      assertThat(metrics)
          .as(rule.path("alert").asText())
          .isNotEmpty()
          // Prometheus itself makes this metric.
          .allMatch(
              metric -> metric.equals("up") || doc.contains("| `" + metric + "` |"),
              "is in operations.md");
    }
  }

  @Test
  void everyAlertIsExplainedAndNoOther() {
    assertThat(groups(ALERT, doc, 1)).containsExactlyElementsOf(Alerts.names());
  }

  @Test
  void everyAlertHasASeverityAndWordsAndItsRunbook() {
    for (JsonNode rule : rules) {
      String name = rule.path("alert").asText();
      JsonNode annotations = rule.path("annotations");
      assertThat(rule.at("/labels/severity").asText()).as(name).isIn("critical", "warning");
      assertThat(annotations.path("summary").asText()).as(name).hasSizeBetween(15, 250);
      assertThat(annotations.path("description").asText()).as(name).endsWith(".");
      assertThat(annotations.path("runbook_url").asText())
          .isEqualTo("https://clinicnet.dev/docs/runbooks/" + name + ".md");
    }
  }

  /** Each alert is tested when it rings, when it does not, and that no other one rings with it. */
  @Test
  void everyAlertHasItsTestsAndNoOther() {
    Set<String> rings = new TreeSet<>();
    Set<String> isSilent = new TreeSet<>();
    Set<String> isAlone = new TreeSet<>();
    for (JsonNode test : Alerts.yaml(Alerts.TESTS).path("tests")) {
      for (JsonNode check : test.path("alert_rule_test")) {
        (check.path("exp_alerts").isEmpty() ? isSilent : rings)
            .add(check.path("alertname").asText());
      }
      for (JsonNode check : test.path("promql_expr_test")) {
        check
            .path("exp_samples")
            .findValuesAsText("labels")
            .forEach(labels -> isAlone.add(labels.replaceAll("\\{alertname=\"(\\w+)\"}", "$1")));
      }
    }
    Set<String> all = new TreeSet<>(Alerts.names());
    assertThat(rings).isEqualTo(all);
    assertThat(isSilent).isEqualTo(all);
    assertThat(isAlone).isEqualTo(all);
  }

  private static List<String> groups(Pattern pattern, String text, int group) {
    return pattern.matcher(text).results().map((MatchResult r) -> r.group(group)).toList();
  }
}
