package dev.clinicnet.operator.metrics;

import dev.clinicnet.operator.certificate.ExpiryObserver;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The expiry of the certificates that services refer to: {@code
 * operator_certificate_expiry_timestamp_seconds}. It is the first expiry of each service, or,
 * without the names of services, the first of all.
 */
public final class CertificateMetrics implements ExpiryObserver, MultiCollector {
  private static final String NAME = "operator_certificate_expiry_timestamp_seconds";

  private final boolean named;
  private final Map<ObjectName, Instant> expiries = new ConcurrentHashMap<>();

  /**
   * Metrics of no certificate yet.
   *
   * @param named whether each service has a series of its own, with its namespace and name
   */
  public CertificateMetrics(boolean named) {
    this.named = named;
  }

  @Override
  public void expires(String namespace, String service, Instant expiry) {
    expiries.put(new ObjectName(namespace, service), expiry);
  }

  @Override
  public void forget(String namespace, String service) {
    expiries.remove(new ObjectName(namespace, service));
  }

  @Override
  public List<String> getPrometheusNames() {
    return List.of(NAME);
  }

  @Override
  public MetricSnapshots collect() {
    GaugeSnapshot.Builder snapshot =
        GaugeSnapshot.builder()
            .name(NAME)
            .help("When the first certificate that a service refers to expires, in Unix time");
    if (named) {
      expiries.forEach((service, expiry) -> snapshot.dataPoint(point(expiry, service)));
    } else {
      expiries.values().stream()
          .min(Comparator.naturalOrder())
          .ifPresent(first -> snapshot.dataPoint(point(first, ObjectName.NONE)));
    }
    return MetricSnapshots.of(snapshot.build());
  }

  private static GaugeDataPointSnapshot point(Instant expiry, ObjectName service) {
    return new GaugeDataPointSnapshot(expiry.getEpochSecond(), service.labels(Labels.EMPTY), null);
  }
}
