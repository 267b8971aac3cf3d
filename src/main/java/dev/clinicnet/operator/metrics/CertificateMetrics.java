package dev.clinicnet.operator.metrics;

import dev.clinicnet.operator.certificate.ExpiryObserver;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The expiry of the certificates that services refer to. For each service, it is the first expiry;
 * in Prometheus {@code operator_certificate_expiry_timestamp_seconds}.
 */
public final class CertificateMetrics implements ExpiryObserver {
  private final MeterRegistry registry;
  private final Map<Service, Shown> shown = new ConcurrentHashMap<>();

  private record Service(String namespace, String name) {}

  private record Shown(Instant expiry, Meter gauge) {}

  /** Metrics in this registry. */
  public CertificateMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void expires(String namespace, String service, Instant expiry) {
    shown.compute(
        new Service(namespace, service),
        (key, before) -> {
          if (before != null && before.expiry().equals(expiry)) {
            return before;
          }
          remove(before);
          return new Shown(expiry, gauge(key, expiry));
        });
  }

  @Override
  public void forget(String namespace, String service) {
    remove(shown.remove(new Service(namespace, service)));
  }

  private Meter gauge(Service service, Instant expiry) {
    return Gauge.builder("operator.certificate.expiry.timestamp.seconds", expiry::getEpochSecond)
        .description("When the first certificate that a service refers to expires, in Unix time")
        .tag("namespace", service.namespace())
        .tag("service", service.name())
        .strongReference(true)
        .register(registry);
  }

  private void remove(Shown before) {
    if (before != null) {
      registry.remove(before.gauge());
    }
  }
}
