package dev.clinicnet.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Alerts speak of metrics that are there, and operations of all alerts. */
class AlertsDocTest {
  private static final Pattern METRIC =
      Pattern.compile("\\b(ngrok|operator|clinicnet|clinic)_[a-z_]+");
  private static final Pattern ALERT = Pattern.compile("(?m)^\\| `(ClinicOperator\\w+)` \\|");

  private final String doc = read();
  private final JsonNode rules = rules();

  @Test
  void everyMetricOfAnAlertIsDocumented() {
    assertThat(rules).isNotEmpty();
    for (JsonNode rule : rules) {
      List<String> metrics = groups(METRIC, rule.path("expr").asText(), 0);

      assertThat(metrics)
          .as(rule.path("alert").asText())
          .isNotEmpty()
          .allMatch(metric -> doc.contains("| `" + metric + "` |"), "is in operations.md");
    }
  }

  @Test
  void everyAlertIsExplainedAndNoOther() {
    assertThat(groups(ALERT, doc, 1)).containsExactlyElementsOf(rules.findValuesAsText("alert"));
  }

  private static List<String> groups(Pattern pattern, String text, int group) {
    return pattern.matcher(text).results().map((MatchResult r) -> r.group(group)).toList();
  }

  private static JsonNode rules() {
    try {
      return new YAMLMapper()
          .readTree(Path.of("deploy/components/monitoring/prometheusrule.yaml").toFile())
          .at("/spec/groups/0/rules");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String read() {
    try {
      return Files.readString(Path.of("docs/operations.md"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
