package dev.clinicnet.operator.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.ServicesStatus;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.claim.ServiceBuilder;
import dev.clinicnet.operator.condition.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceCountTest {
  private static final Instant NOW = ClinicScene.NOW;
  private static final Instant LONG_AGO = NOW.minus(Duration.ofHours(1));

  private final Clinic clinic = ClinicBuilder.clinic("clinic1").build();
  private final ClinicScene scene = ClinicScene.of(clinic);

  @Test
  void theFirstReportHasTheNumbersOfNow() {
    service("a", LONG_AGO, null);

    assertThat(count()).isEqualTo(new ServiceCount(new ServicesStatus(1, 0), 1, Optional.empty()));
  }

  @Test
  void whileServicesBecomeReadyTheNumbersWait() {
    told(3, 0);
    service("a", LONG_AGO, NOW.minusSeconds(5));
    service("b", LONG_AGO, NOW.minusSeconds(1));
    service("c", LONG_AGO, null);

    assertThat(count().waitsUntil()).contains(NOW.minusSeconds(5).plus(ServiceCount.HOLD));
    assertThat(reported()).isEqualTo(clinic.getStatus());
  }

  @Test
  void theFirstChangeThatIsNotReportedDecidesHowLong() {
    told(3, 1);
    service("a", LONG_AGO, LONG_AGO);
    service("b", LONG_AGO, NOW.minusSeconds(1));
    service("c", LONG_AGO, null);

    assertThat(count().waitsUntil()).contains(NOW.minusSeconds(1).plus(ServiceCount.HOLD));
  }

  @Test
  void theyDoNotWaitLongerThanThat() {
    told(3, 0);
    service("a", LONG_AGO, NOW.minus(ServiceCount.HOLD));
    service("b", LONG_AGO, NOW.minusSeconds(1));
    service("c", LONG_AGO, null);

    assertThat(count().waitsUntil()).isEmpty();
    assertThat(reported().services()).isEqualTo(new ServicesStatus(3, 2));
  }

  @Test
  void aNewServiceWaitsToo() {
    told(1, 0);
    service("a", LONG_AGO, null);
    service("b", NOW.minusSeconds(2), null);

    assertThat(count().waitsUntil()).contains(NOW.minusSeconds(2).plus(ServiceCount.HOLD));
    assertThat(reported()).isEqualTo(clinic.getStatus());
  }

  @Test
  void theFinalNumberDoesNotWait() {
    told(2, 1);
    service("a", LONG_AGO, LONG_AGO);
    service("b", LONG_AGO, NOW);

    assertThat(count().waitsUntil()).isEmpty();
    assertThat(reported().services()).isEqualTo(new ServicesStatus(2, 2));
  }

  @Test
  void theFinalNumberWaitsForTheOthersOfOneApply() {
    told(1, 1);
    service("a", LONG_AGO, LONG_AGO);
    service("b", NOW.minusSeconds(1), NOW);

    assertThat(count().waitsUntil()).contains(NOW.minusSeconds(1).plus(ServiceCount.APPLY));
  }

  @Test
  void theNumbersWaitForServicesThatWaitForTheBudget() {
    told(2, 0);
    service("a", LONG_AGO, NOW.minus(ServiceCount.HOLD));
    service("b", LONG_AGO, null, Reason.WaitingForBudget);

    assertThat(count().coming()).isEqualTo(1);
    assertThat(count().waitsUntil())
        .contains(NOW.minus(ServiceCount.HOLD).plus(ServiceCount.LONGEST));
  }

  @Test
  void aServiceThatNeedsSomebodyDoesNotComeByItself() {
    service("a", LONG_AGO, null, Reason.HostConflict);

    assertThat(count().coming()).isZero();
  }

  @Test
  void badNewsDoesNotWait() {
    told(3, 2);
    service("a", LONG_AGO, LONG_AGO);
    service("b", LONG_AGO, null);
    service("c", LONG_AGO, null);

    assertThat(reported().services()).isEqualTo(new ServicesStatus(3, 1));
  }

  @Test
  void aServiceThatIsGoneDoesNotWait() {
    told(3, 1);
    service("a", LONG_AGO, LONG_AGO);
    service("b", LONG_AGO, null);

    assertThat(reported().services()).isEqualTo(new ServicesStatus(2, 1));
  }

  @Test
  void anotherReasonToWriteTakesTheNumbersAlong() {
    told(3, 0);
    service("a", LONG_AGO, NOW);
    service("b", LONG_AGO, null);
    service("c", LONG_AGO, null);
    ClinicStatus other = clinic.getStatus().withAgentsRestarted("1");

    ClinicStatus reported = count().in(other.withServices(count().now()), clinic.getStatus());

    assertThat(reported.services()).isEqualTo(new ServicesStatus(3, 1));
  }

  private void told(int total, int ready) {
    clinic.setStatus(ClinicStatus.EMPTY.withServices(new ServicesStatus(total, ready)));
  }

  private void service(String name, Instant created, Instant readySince) {
    service(name, created, readySince, Reason.Programmed);
  }

  private void service(String name, Instant created, Instant readySince, Reason reason) {
    ClinicService service = ServiceBuilder.service(name).build();
    service.getMetadata().setCreationTimestamp(created.toString());
    if (readySince != null || reason != Reason.Programmed) {
      service.setStatus(
          ClinicServiceStatus.EMPTY.judged(
              1,
              List.of(
                  new Condition(
                      "Ready",
                      readySince == null ? ConditionStatus.False : ConditionStatus.True,
                      1L,
                      (readySince == null ? created : readySince).toString(),
                      reason.name(),
                      ""))));
    }
    scene.service(service);
  }

  private ServiceCount count() {
    return ServiceCount.of(scene.observe());
  }

  private ClinicStatus reported() {
    return count().in(clinic.getStatus().withServices(count().now()), clinic.getStatus());
  }
}
