package dev.clinicnet.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CertificateMetricsTest {
  private static final Instant EXPIRY = Instant.parse("2027-01-01T00:00:00Z");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CertificateMetrics metrics = new CertificateMetrics(registry);

  @Test
  void showsTheLatestExpiryOfAServiceAndForgetsIt() {
    metrics.expires("clinics", "web", EXPIRY);
    metrics.expires("clinics", "web", EXPIRY);
    assertThat(shown()).isEqualTo((double) EXPIRY.getEpochSecond());

    metrics.expires("clinics", "web", EXPIRY.plusSeconds(60));
    assertThat(registry.getMeters()).hasSize(1);
    assertThat(shown()).isEqualTo((double) (EXPIRY.getEpochSecond() + 60));

    metrics.forget("clinics", "web");
    metrics.forget("clinics", "web");
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void namesTheService() {
    metrics.expires("clinics", "web", EXPIRY);

    Meter.Id id = registry.getMeters().get(0).getId();
    assertThat(id.getTag("namespace")).isEqualTo("clinics");
    assertThat(id.getTag("service")).isEqualTo("web");
  }

  private double shown() {
    return registry.get("operator.certificate.expiry.timestamp.seconds").gauge().value();
  }
}
