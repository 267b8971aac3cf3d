package dev.clinicnet.operator.metrics;

import dev.clinicnet.operator.inventory.Owner;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When the certificates expire that services refer to, as metrics: in Prometheus {@code
 * operator_certificate_expiry_timestamp_seconds}, for each service the first of its own.
 */
public final class CertificateMetrics {
  private final MeterRegistry registry;
  private final Map<Owner, Shown> shown = new ConcurrentHashMap<>();

  private record Shown(Instant expiry, Meter gauge) {}

  /** Metrics in this registry. */
  public CertificateMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Shows when the first certificate of a service expires. */
  public void expires(Owner service, Instant expiry) {
    shown.compute(
        service,
        (owner, before) -> {
          if (before != null && before.expiry().equals(expiry)) {
            return before;
          }
          remove(before);
          return new Shown(expiry, gauge(owner, expiry));
        });
  }

  /** Shows nothing of a service that refers to none, or is gone. */
  public void forget(Owner service) {
    remove(shown.remove(service));
  }

  private Meter gauge(Owner owner, Instant expiry) {
    return Gauge.builder("operator.certificate.expiry.timestamp.seconds", expiry::getEpochSecond)
        .description("When the first certificate that a service refers to expires, in Unix time")
        .tag("namespace", owner.namespace())
        .tag("service", owner.name())
        .strongReference(true)
        .register(registry);
  }

  private void remove(Shown before) {
    if (before != null) {
      registry.remove(before.gauge());
    }
  }
}
