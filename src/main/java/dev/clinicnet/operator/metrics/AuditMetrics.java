package dev.clinicnet.operator.metrics;

import dev.clinicnet.operator.audit.AuditEvent;
import dev.clinicnet.operator.audit.AuditTrail;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The number of audited events; in Prometheus {@code operator_audit_events_total}. */
public final class AuditMetrics implements AuditTrail {
  private final MeterRegistry registry;

  /** Metrics in this registry. */
  public AuditMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void record(AuditEvent event) {
    Counter.builder("operator.audit.events")
        .description("What was written to the audit trail")
        .tag("event", event.what())
        .register(registry)
        .increment();
  }
}
