package dev.clinicnet.operator.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.CertificateState;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.DomainStatus;
import dev.clinicnet.operator.api.v1alpha1.ServicesStatus;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitingClinicTest {
  private static final Instant NOW = ClinicScene.NOW;
  private static final String WILDCARD = "*.api.clinicnet.com";
  private static final String OWN = "dashboard.clinic1.com";

  private final Clinic clinic =
      ClinicBuilder.clinic("clinic1").shared(WILDCARD).exclusive(OWN).build();
  private final WaitingClinic waiting = new WaitingClinic(clinic, NOW);

  @Test
  void theCertificateIsLeftOutUntilItsTurn() {
    Assessment assessment = waits("about 2 minutes");
    assessment.put(ConditionType.DomainsReady, Verdict.no(Reason.CertificatePending, "later"));

    ClinicStatus said = waiting.without(status(wildcard(CertificateState.Pending)), assessment);

    assertThat(waiting.isNew(assessment)).isTrue();
    assertThat(said.domains()).extracting(DomainStatus::certificate).containsOnlyNulls();
    assertThat(assessment.get(ConditionType.DomainsReady))
        .hasValueSatisfying(
            verdict -> {
              assertThat(verdict.status()).isEqualTo(ConditionStatus.Unknown);
              assertThat(verdict.reason()).isEqualTo(Reason.WaitingForBudget);
            });
  }

  @Test
  void theSameWaitIsSaidOnce() {
    clinic.setStatus(judged(ClinicStatus.EMPTY, waits("about 2 minutes"), NOW));

    ClinicStatus later =
        judged(
            status(wildcard(CertificateState.Ready)).withServices(new ServicesStatus(3, 1)),
            waits("about 2 minutes"),
            NOW.plusSeconds(60));

    assertThat(waiting.isTold(later)).isTrue();
  }

  @Test
  void anotherPromiseIsNews() {
    clinic.setStatus(judged(ClinicStatus.EMPTY, waits("about 2 minutes"), NOW));

    assertThat(waiting.isTold(judged(ClinicStatus.EMPTY, waits("about 10 minutes"), NOW)))
        .isFalse();
  }

  @Test
  void theRecordsOfAnOwnDomainAreNews() {
    clinic.setStatus(judged(ClinicStatus.EMPTY, waits("about 2 minutes"), NOW));
    DomainStatus own = new DomainStatus(OWN, "rd_1", "target", null, null);

    assertThat(waiting.isTold(judged(status(own), waits("about 2 minutes"), NOW))).isFalse();
  }

  @Test
  void theFirstReportWaitsAMomentForASharedDomain() {
    clinic.getMetadata().setCreationTimestamp(NOW.minusSeconds(1).toString());
    ClinicStatus without = judged(ClinicStatus.EMPTY, waits("about 2 minutes"), NOW);
    ClinicStatus with = judged(status(wildcard(null)), waits("about 2 minutes"), NOW);

    assertThat(waiting.awaitsReservation(without))
        .contains(NOW.minusSeconds(1).plus(WaitingClinic.RESERVATION));
    assertThat(waiting.awaitsReservation(with)).isEmpty();
    assertThat(new WaitingClinic(clinic, NOW.plusSeconds(5)).awaitsReservation(without)).isEmpty();
    clinic.setStatus(without);
    assertThat(waiting.awaitsReservation(without)).isEmpty();
  }

  @Test
  void aClinicThatHasWaitedWaitsForTheServicesOfItsTurn() {
    Assessment ready = ready();
    ServiceCount twoComing = new ServiceCount(new ServicesStatus(3, 1), 2, Optional.empty());
    ServiceCount none = new ServiceCount(new ServicesStatus(3, 3), 0, Optional.empty());

    assertThat(waiting.awaitsItsServices(ready, twoComing)).as("never waited").isFalse();
    clinic.setStatus(judged(ClinicStatus.EMPTY, waits("about 2 minutes"), NOW));
    assertThat(waiting.awaitsItsServices(ready, twoComing)).isTrue();
    assertThat(waiting.awaitsItsServices(ready, none)).as("all are ready").isFalse();
    assertThat(waiting.awaitsItsServices(waits("about 2 minutes"), twoComing)).isFalse();
    clinic.getMetadata().setGeneration(clinic.getMetadata().getGeneration() + 1);
    assertThat(waiting.awaitsItsServices(ready, twoComing)).as("another manifest").isFalse();
  }

  private static DomainStatus wildcard(CertificateState certificate) {
    return new DomainStatus(WILDCARD, "rd_0", "target", "acme", certificate);
  }

  private static ClinicStatus status(DomainStatus domain) {
    return ClinicStatus.EMPTY.withDomains(List.of(domain));
  }

  private ClinicStatus judged(ClinicStatus status, Assessment assessment, Instant when) {
    long generation = clinic.getMetadata().getGeneration();
    return status.judged(
        generation, assessment.conditions(List.of(), generation, when), "clinic1.internal");
  }

  private static Assessment ready() {
    return accepted().put(ConditionType.Programmed, Verdict.yes(Reason.Programmed, "It matches."));
  }

  private static Assessment waits(String promise) {
    return accepted().put(ConditionType.Programmed, Verdict.no(Reason.WaitingForBudget, promise));
  }

  private static Assessment accepted() {
    return new Assessment()
        .put(ConditionType.Accepted, Verdict.yes(Reason.Accepted, "Fine."))
        .put(ConditionType.ResolvedRefs, Verdict.yes(Reason.ResolvedRefs, "Fine."));
  }
}
