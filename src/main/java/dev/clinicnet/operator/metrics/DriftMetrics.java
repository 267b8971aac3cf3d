package dev.clinicnet.operator.metrics;

import dev.clinicnet.operator.drift.DriftAction;
import dev.clinicnet.operator.drift.DriftObserver;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Drift;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The number of changes by others; in Prometheus {@code clinicnet_drift_total}. */
public final class DriftMetrics implements DriftObserver {
  private final MeterRegistry registry;

  /** Metrics in this registry. All begin with 0, so that the first drift is an increase. */
  public DriftMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (Resource<?, ?, ?> resource : Resource.ALL) {
      for (String field : resource.compared()) {
        for (DriftAction action : DriftAction.values()) {
          counter(resource.path(), field, action);
        }
      }
    }
  }

  @Override
  public void saw(Drift drift, DriftAction action) {
    counter(drift.kind(), drift.field(), action).increment();
  }

  private Counter counter(String kind, String field, DriftAction action) {
    return Counter.builder("clinicnet.drift")
        .description("What somebody else changed of the operator's objects at ngrok")
        .tag("kind", kind)
        .tag("field", field)
        .tag("action", action.label())
        .register(registry);
  }
}
