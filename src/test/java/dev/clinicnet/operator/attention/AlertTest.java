package dev.clinicnet.operator.attention;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.chart.Alerts;
import dev.clinicnet.operator.condition.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The alerts that a problem leads to are those of the shipped rules, for the same reasons. */
class AlertTest {
  /** Reasons after which a rule rings; what follows {@code unless} keeps it silent. */
  private static final Pattern REASONS = Pattern.compile("reason=~?\"([A-Za-z|]+)\"");

  @Test
  void everyReasonForWhichARuleRingsLeadsToIt() {
    Map<String, Set<String>> ring = new TreeMap<>();
    for (JsonNode rule : Alerts.rules()) {
      Set<String> reasons = new TreeSet<>();
      REASONS
          .matcher(rule.path("expr").asText().split("\\bunless\\b", 2)[0])
          .results()
          .forEach(match -> reasons.addAll(List.of(match.group(1).split("\\|", -1))));
      if (!reasons.isEmpty()) {
        ring.put(rule.path("alert").asText(), reasons);
      }
    }

    // A certificate, an old token, a key and an old list ring by other metrics.
    Map<String, Set<String>> lead = new TreeMap<>();
    for (Alert alert : Alert.values()) {
      if (ring.containsKey(alert.name())) {
        lead.put(alert.name(), new TreeSet<>(alert.reasons().stream().map(Reason::name).toList()));
      }
    }
    assertThat(lead).isEqualTo(ring);
  }

  @Test
  void everyAlertIsShippedWithItsRunbookAndEveryReasonHasOne() {
    for (Alert alert : Alert.values()) {
      assertThat(Alerts.names()).contains(alert.name());
      assertThat(Path.of("docs/runbooks", alert.name() + ".md")).matches(Files::isRegularFile);
    }
    assertThat(Arrays.stream(Alert.values()).flatMap(alert -> alert.reasons().stream()).toList())
        .doesNotHaveDuplicates();
  }
}
