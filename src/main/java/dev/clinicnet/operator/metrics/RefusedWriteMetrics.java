package dev.clinicnet.operator.metrics;

import dev.clinicnet.operator.api.v1alpha1.Kinds;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The number of writes for objects that Kubernetes has refused; in Prometheus {@code
 * operator_writes_refused_total}.
 */
public final class RefusedWriteMetrics {
  private final MeterRegistry registry;

  /** Metrics in this registry. All begin with 0, so that the first refusal is an increase. */
  public RefusedWriteMetrics(MeterRegistry registry) {
    this.registry = registry;
    Kinds.ALL.forEach(kind -> counter(HasMetadata.getKind(kind)));
  }

  /** Counts a refused write for an object of this kind. */
  public void refused(String kind) {
    counter(kind).increment();
  }

  private Counter counter(String kind) {
    return Counter.builder("operator.writes.refused")
        .description("What Kubernetes did not let the operator write for an object")
        .tag("kind", kind)
        .register(registry);
  }
}
