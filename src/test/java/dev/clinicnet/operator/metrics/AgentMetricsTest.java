package dev.clinicnet.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.agent.AgentFacts;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AgentMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AgentMetrics metrics = new AgentMetrics(registry);

  @Test
  void showsTheLatestOfEachClinicAndForgetsIt() {
    metrics.observed("clinics", "clinic1", new AgentFacts(true, 2, true, true, 3, true));
    assertThat(shown("clinic1"))
        .containsOnly(
            Map.entry("clinic.agent.online", 1.0),
            Map.entry("clinic.agents", 2.0),
            Map.entry("clinic.site.kit.current", 1.0),
            Map.entry("clinic.agent.on.old.token", 1.0),
            Map.entry("clinic.endpoints.unexpected", 3.0),
            Map.entry("clinic.quarantined", 1.0));

    metrics.observed("clinics", "clinic1", new AgentFacts(true, 0, false, false, 0, false));
    metrics.observed("clinics", "clinic2", new AgentFacts(true, 1, false, false, 0, false));
    assertThat(shown("clinic1").values()).containsOnly(0.0);
    assertThat(shown("clinic2")).containsEntry("clinic.agent.online", 1.0);

    metrics.observed("clinics", "clinic1", AgentFacts.unseen(true));
    assertThat(shown("clinic1"))
        .containsEntry("clinic.agent.online", Double.NaN)
        .containsEntry("clinic.agents", Double.NaN)
        .containsEntry("clinic.site.kit.current", Double.NaN)
        .containsEntry("clinic.agent.on.old.token", Double.NaN)
        .containsEntry("clinic.endpoints.unexpected", Double.NaN)
        .containsEntry("clinic.quarantined", 1.0);

    metrics.forget("clinics", "clinic1");
    metrics.forget("clinics", "clinic1");
    assertThat(shown("clinic1")).isEmpty();
    assertThat(shown("clinic2")).isNotEmpty();
  }

  private Map<String, Double> shown(String clinic) {
    return registry.getMeters().stream()
        .filter(meter -> clinic.equals(meter.getId().getTag("clinic")))
        .filter(meter -> "clinics".equals(meter.getId().getTag("namespace")))
        .collect(Collectors.toMap(meter -> meter.getId().getName(), AgentMetricsTest::value));
  }

  private static double value(Meter meter) {
    return meter.measure().iterator().next().getValue();
  }
}
