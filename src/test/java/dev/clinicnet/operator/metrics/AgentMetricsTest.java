package dev.clinicnet.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.agent.AgentFacts;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AgentMetricsTest {
  private static final AgentFacts ALL = new AgentFacts(true, 2, true, true, 3, true);
  private static final AgentFacts NONE = new AgentFacts(true, 0, false, false, 0, false);
  private static final AgentFacts ONE = new AgentFacts(true, 1, false, false, 0, false);

  @Test
  void showsTheLatestOfEachClinicAndForgetsIt() {
    AgentMetrics metrics = new AgentMetrics(true);

    metrics.observed("clinics", "clinic1", ALL);
    assertThat(shown(metrics, "clinic1"))
        .containsOnly(
            Map.entry("clinic_agent_online", 1.0),
            Map.entry("clinic_agents", 2.0),
            Map.entry("clinic_site_kit_current", 1.0),
            Map.entry("clinic_agent_on_old_token", 1.0),
            Map.entry("clinic_endpoints_unexpected", 3.0),
            Map.entry("clinic_quarantined", 1.0));

    metrics.observed("clinics", "clinic1", NONE);
    metrics.observed("clinics", "clinic2", ONE);
    assertThat(shown(metrics, "clinic1")).hasSize(6);
    assertThat(shown(metrics, "clinic1").values()).containsOnly(0.0);
    assertThat(shown(metrics, "clinic2")).containsEntry("clinic_agent_online", 1.0);

    metrics.observed("clinics", "clinic1", AgentFacts.unseen(true));
    assertThat(shown(metrics, "clinic1")).isEqualTo(unseen(1.0));

    metrics.forget("clinics", "clinic1");
    metrics.forget("clinics", "clinic1");
    assertThat(shown(metrics, "clinic1")).isEmpty();
    assertThat(shown(metrics, "clinic2")).isNotEmpty();
  }

  @Test
  void withoutNamesItAddsUpTheClinicsOfWhichSomethingIsKnown() {
    AgentMetrics metrics = new AgentMetrics(false);
    assertThat(shown(metrics, null)).isEmpty();

    metrics.observed("clinics", "clinic1", ALL);
    metrics.observed("clinics", "clinic2", ONE);
    metrics.observed("others", "clinic1", ALL);
    metrics.observed("others", "clinic2", AgentFacts.unseen(false));
    assertThat(shown(metrics, null))
        .containsOnly(
            Map.entry("clinic_agent_online", 3.0),
            Map.entry("clinic_agents", 5.0),
            Map.entry("clinic_site_kit_current", 2.0),
            Map.entry("clinic_agent_on_old_token", 2.0),
            Map.entry("clinic_endpoints_unexpected", 6.0),
            Map.entry("clinic_quarantined", 2.0));
    assertThat(shown(metrics, "clinic1")).isEmpty();

    metrics.forget("clinics", "clinic1");
    metrics.forget("clinics", "clinic2");
    metrics.observed("others", "clinic1", AgentFacts.unseen(true));
    assertThat(shown(metrics, null)).isEqualTo(unseen(1.0));
  }

  private static Map<String, Double> unseen(double quarantined) {
    return Map.of(
        "clinic_agent_online", Double.NaN,
        "clinic_agents", Double.NaN,
        "clinic_site_kit_current", Double.NaN,
        "clinic_agent_on_old_token", Double.NaN,
        "clinic_endpoints_unexpected", Double.NaN,
        "clinic_quarantined", quarantined);
  }

  /** The values of a Clinic in the namespace "clinics"; null: those without a Clinic. */
  private static Map<String, Double> shown(AgentMetrics metrics, String clinic) {
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(metrics);
    Map<String, Double> values = new TreeMap<>();
    registry
        .scrape()
        .forEach(
            snapshot -> {
              for (GaugeDataPointSnapshot point : ((GaugeSnapshot) snapshot).getDataPoints()) {
                boolean found =
                    clinic == null
                        ? point.getLabels().isEmpty()
                        : clinic.equals(point.getLabels().get("clinic"))
                            && "clinics".equals(point.getLabels().get("namespace"));
                if (found) {
                  values.put(snapshot.getMetadata().getPrometheusName(), point.getValue());
                }
              }
            });
    return values;
  }
}
