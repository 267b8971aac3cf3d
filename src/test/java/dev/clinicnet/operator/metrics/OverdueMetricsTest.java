package dev.clinicnet.operator.metrics;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static dev.clinicnet.operator.session.SessionBuilder.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.kubernetes.Annotations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OverdueMetricsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

  private final List<HasMetadata> objects = new ArrayList<>();

  @Test
  void showsWhatIsOverdueLongest() {
    objects.add(rotatesAt("due", "2026-01-01T23:59:00Z"));
    objects.add(rotatesAt("late", "2026-01-01T23:00:00Z"));
    objects.add(rotatesAt("later", "2026-01-09T00:00:00Z"));
    objects.add(session("visit").open("2026-01-01T23:50:00Z").build());

    assertThat(scrape(false))
        .contains("clinicnet_overdue_seconds{due=\"rotation\"} 3600.0\n")
        .contains("clinicnet_overdue_seconds{due=\"closing\"} 600.0\n");
  }

  @Test
  void namesWhatIsOverdueIfToldSoAndNothingElse() {
    objects.add(rotatesAt("late", "2026-01-01T23:00:00Z"));
    objects.add(rotatesAt("later", "2026-01-09T00:00:00Z"));

    assertThat(scrape(true))
        .contains(
            "clinicnet_overdue_seconds{due=\"rotation\",name=\"late\",namespace=\"clinics\"} 3600.0\n")
        .doesNotContain("later")
        .doesNotContain("closing");
  }

  @Test
  void nothingIsOverdueOfWhatHasEndedOrIsCutOffOrHasNoSchedule() {
    Clinic quarantined = rotatesAt("quarantined", "2026-01-01T00:00:00Z");
    quarantined.getMetadata().setAnnotations(Map.of(Annotations.QUARANTINE, "true"));
    objects.add(quarantined);
    objects.add(rotatesAt("never", null));
    objects.add(clinic("new").build());
    objects.add(session("over").closed("2026-01-01T00:00:00Z").build());

    assertThat(scrape(false))
        .contains("clinicnet_overdue_seconds{due=\"rotation\"} 0.0\n")
        .contains("clinicnet_overdue_seconds{due=\"closing\"} 0.0\n");
  }

  /** Somebody installs the site kit of a Clinic, so its name is shown. */
  @Test
  void aLockIsOverdueWhileItWaitsForTheSiteOfItsClinic() {
    objects.add(lock("api", "one", Reason.LockNotInstalled, "2026-01-01T23:00:00Z"));
    objects.add(lock("web", "one", Reason.LockNotInstalled, "2026-01-01T22:00:00Z"));
    objects.add(lock("desk", "two", Reason.LockInForce, "2025-01-01T00:00:00Z"));
    objects.add(lock("new", "two", Reason.LockPending, "2025-01-01T00:00:00Z"));

    assertThat(scrape(false)).contains("clinicnet_overdue_seconds{due=\"lock\"} 7200.0\n");
    assertThat(scrape(true))
        .contains(
            "clinicnet_overdue_seconds{due=\"lock\",name=\"one\",namespace=\"clinics\"} 7200.0\n")
        .doesNotContain("two");
  }

  /** Clients get errors then, so it is told apart from a lock that only waits. */
  @Test
  void aLockThatRefusesRequestsIsCountedByItself() {
    objects.add(lock("api", "one", Reason.LockRefusesRequests, "2026-01-01T23:00:00Z"));
    objects.add(lock("web", "one", Reason.LockInForce, "2025-01-01T00:00:00Z"));
    objects.add(lock("desk", "two", Reason.LockNotInstalled, "2025-01-01T00:00:00Z"));

    assertThat(scrape(false)).contains("clinicnet_overdue_seconds{due=\"refusal\"} 3600.0\n");
    assertThat(scrape(true))
        .contains("{due=\"refusal\",name=\"one\",namespace=\"clinics\"} 3600.0\n")
        .doesNotContain("{due=\"refusal\",name=\"two\"")
        .doesNotContain("{due=\"lock\",name=\"one\"");
  }

  @Test
  void theRotationOfALockIsOverdueSinceTheSiteKitIsNotInstalled() {
    objects.add(lock("api", "one", Reason.LockRotationWaits, "2025-01-01T00:00:00Z"));
    assertThat(scrape(false)).contains("clinicnet_overdue_seconds{due=\"lock\"} 0.0\n");

    objects.add(kit("one", ConditionStatus.True));
    assertThat(scrape(false)).contains("clinicnet_overdue_seconds{due=\"lock\"} 0.0\n");

    objects.add(kit("one", ConditionStatus.False));
    assertThat(scrape(false)).contains("clinicnet_overdue_seconds{due=\"lock\"} 3600.0\n");
  }

  private static ClinicService lock(String name, String clinic, Reason reason, String since) {
    ClinicService service = service(name).clinic(clinic).build();
    service.setStatus(
        serviceStatus()
            .conditions(
                List.of(
                    new Condition(
                        "InternalLocked", ConditionStatus.False, 1L, since, reason.name(), "")))
            .build());
    return service;
  }

  private static Clinic kit(String clinic, ConditionStatus status) {
    return clinic(clinic)
        .status(
            clinicStatus()
                .conditions(
                    List.of(
                        new Condition(
                            "SiteKitCurrent",
                            status,
                            1L,
                            "2026-01-01T23:00:00Z",
                            Reason.SiteKitOutdated.name(),
                            "")))
                .build())
        .build();
  }

  private String scrape(boolean named) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry
        .getPrometheusRegistry()
        .register(new OverdueMetrics(objects::stream, named, Clock.fixed(NOW, ZoneOffset.UTC)));
    return registry.scrape();
  }

  private static Clinic rotatesAt(String name, String time) {
    return clinic(name)
        .status(
            clinicStatus()
                .authtoken(
                    new AuthtokenStatus("cr_1", null, List.of(), List.of(), null, time, null))
                .build())
        .build();
  }
}
