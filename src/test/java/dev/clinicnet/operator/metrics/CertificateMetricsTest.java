package dev.clinicnet.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CertificateMetricsTest {
  private static final Instant EXPIRY = Instant.parse("2027-01-01T00:00:00Z");
  private static final double SECONDS = EXPIRY.getEpochSecond();

  @Test
  void showsTheLatestExpiryOfAServiceAndForgetsIt() {
    CertificateMetrics metrics = new CertificateMetrics(true);
    metrics.expires("clinics", "web", EXPIRY);
    metrics.expires("clinics", "web", EXPIRY);
    assertThat(shown(metrics)).containsOnly(Map.entry(named("web"), SECONDS));

    metrics.expires("clinics", "web", EXPIRY.plusSeconds(60));
    metrics.expires("clinics", "db", EXPIRY);
    assertThat(shown(metrics))
        .containsOnly(Map.entry(named("web"), SECONDS + 60), Map.entry(named("db"), SECONDS));

    metrics.forget("clinics", "web");
    metrics.forget("clinics", "web");
    metrics.forget("clinics", "db");
    assertThat(shown(metrics)).isEmpty();
  }

  @Test
  void withoutNamesItShowsTheFirstExpiryOfAll() {
    CertificateMetrics metrics = new CertificateMetrics(false);
    assertThat(shown(metrics)).isEmpty();

    metrics.expires("clinics", "web", EXPIRY.plusSeconds(60));
    metrics.expires("others", "web", EXPIRY);
    metrics.expires("clinics", "db", EXPIRY.plusSeconds(90));
    assertThat(shown(metrics)).containsOnly(Map.entry(Labels.EMPTY, SECONDS));

    metrics.forget("others", "web");
    assertThat(shown(metrics)).containsOnly(Map.entry(Labels.EMPTY, SECONDS + 60));
  }

  private static Labels named(String service) {
    return Labels.of("namespace", "clinics", "name", service);
  }

  private static Map<Labels, Double> shown(CertificateMetrics metrics) {
    GaugeSnapshot snapshot = (GaugeSnapshot) metrics.collect().get(0);
    return snapshot.getDataPoints().stream()
        .collect(Collectors.toMap(point -> point.getLabels(), point -> point.getValue()));
  }
}
