package dev.clinicnet.operator.service;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.DomainStatus;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.api.v1alpha1.NamespaceGrant;
import dev.clinicnet.operator.api.v1alpha1.OnRevoked;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.claim.ServiceBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JudgedClinicTest {
  private static final String HOST = "web.api.com";
  private static final String URL = "https://" + HOST;

  @Test
  void aServiceWaitsForItsClinicToBeJudgedAsItIsNowAndSaysWhatItSaid() {
    // Given
    ServiceScene scene =
        ServiceScene.of(web().status(told(1L)).build())
            .in(changed(accepting()))
            .domain("*.api.com");
    // When
    ServiceDecision decision = scene.decide();
    // Then
    assertThat(decision.steps()).isEmpty();
    assertThat(decision.assessment().get(ConditionType.Accepted))
        .contains(new Verdict(ConditionStatus.False, Reason.HostConflict, "as before"));
    assertThat(decision.assessment().get(ConditionType.Programmed))
        .contains(new Verdict(ConditionStatus.True, Reason.Programmed, "as before"));
    assertThat(decision.status().publicURL()).isEqualTo(URL);
  }

  @Test
  void aManifestThatIsNewTooSaysThatTheClinicWasNotLookedAt() {
    // Given
    ServiceScene scene =
        ServiceScene.of(web().generation(2L).status(told(1L)).build())
            .in(changed(accepting()))
            .domain("*.api.com");
    // Then
    assertThat(scene.decide().steps()).isEmpty();
    assertThat(scene.decide().assessment().get(ConditionType.ResolvedRefs))
        .contains(Verdict.unknown(Reason.Pending, "The Clinic clinic1 is not processed yet."));
  }

  @Test
  void thatAnOlderManifestWasAcceptedIsNotSaidOfTheNewOne() {
    // Given
    ClinicServiceStatus accepted =
        serviceStatus()
            .observedGeneration(1L)
            .conditions(List.of(condition("Accepted", ConditionStatus.True, "Accepted")))
            .build();
    ServiceScene scene =
        ServiceScene.of(web().generation(2L).status(accepted).build())
            .in(changed(accepting()))
            .domain("*.api.com");
    // Then
    assertThat(scene.decide().assessment().get(ConditionType.Accepted)).isEmpty();
  }

  @Test
  void whatEndsDoesNotWaitForTheClinic() {
    // Given
    ServiceScene closed =
        ServiceScene.of(service("web").generation(2L).status(told(1L)).build())
            .in(changed(accepting()));
    closed.endpoint("ep_1", URL, closed.mark(), "{}");
    ServiceScene settled =
        ServiceScene.of(service("web").status(told(1L)).build()).in(changed(accepting()));
    settled.endpoint("ep_1", URL, settled.mark(), "{}");
    // Then
    assertThat(closed.steps()).containsExactly("delete endpoints " + URL);
    assertThat(settled.steps()).containsExactly("delete endpoints " + URL);
  }

  @Test
  void aClinicThatAsksForMoreThanItWasGrantedOpensNothingWhateverItsStatusSays() {
    // Given
    NamespaceGrant domains =
        new NamespaceGrant(
            "g",
            null,
            List.of("*.api.com"),
            List.of(),
            List.of(),
            List.of(),
            null,
            List.of(),
            false,
            null,
            null,
            null);
    Grant grant = new Grant(Optional.of("default"), "clinics", OnRevoked.Retain, List.of(domains));
    Clinic clinic =
        clinic("clinic1").exclusive("*.api.com").status(ServiceScene.accepted(true)).build();
    ServiceScene scene =
        ServiceScene.of(web().build()).in(clinic).domain("*.api.com").granted(grant);
    // Then
    assertThat(scene.decide().steps()).isEmpty();
    assertThat(scene.decide().assessment().get(ConditionType.Accepted).orElseThrow().isTrue())
        .isTrue();
    Verdict refused = scene.decide().assessment().get(ConditionType.ResolvedRefs).orElseThrow();
    assertThat(refused.reason()).isEqualTo(Reason.ClinicNotAccepted);
    assertThat(refused.message()).contains("spec.internalDomain", "internalDomains");
  }

  @Test
  void aDomainOfSomebodyElseOrOfNobodyOpensNothing() {
    Mark own = Mark.of("i", new Owner("Clinic", "clinics", "clinic1"), "u", "clinic1");
    Mark others = Mark.of("i", new Owner("Clinic", "elsewhere", "clinic1"), "u", "clinic1");
    assertThat(stepsWith(own, null)).hasSize(1);
    assertThat(stepsWith(Mark.shared("i"), null)).hasSize(1);
    assertThat(stepsWith(null, null)).isEmpty();
    assertThat(stepsWith(others, null)).isEmpty();
    assertThat(stepsWith(others.retired(ServiceScene.NOW), null)).isEmpty();
    assertThat(stepsWith(others, "rd_1")).as("given to another").isEmpty();
    assertThat(stepsWith(Mark.shared("other"), null)).isEmpty();
    assertThat(stepsWith(null, "rd_1")).as("in use without a mark").hasSize(1);
    assertThat(stepsWith(null, "rd_9")).as("made anew by somebody").isEmpty();
    assertThat(stepsWith(Mark.shared("other"), "rd_1")).as("lent").hasSize(1);
  }

  /** The verdict on a domain with this mark, which the Clinic's status has under an id. */
  private static List<String> stepsWith(Mark mark, String id) {
    ClinicStatus accepted = ServiceScene.accepted(true);
    List<DomainStatus> domains =
        id == null ? List.of() : List.of(new DomainStatus("*.api.com", id, null, null, null));
    Clinic clinic =
        clinic("clinic1")
            .shared("*.api.com")
            .status(clinicStatus().conditions(accepted.conditions()).domains(domains).build())
            .build();
    return ServiceScene.of(web().build()).in(clinic).domain("*.api.com", mark).steps();
  }

  private static ServiceBuilder web() {
    return service("web").https(HOST);
  }

  private static ClinicBuilder accepting() {
    return clinic("clinic1").shared("*.api.com").status(ServiceScene.accepted(true));
  }

  /** A Clinic whose manifest was changed since it was judged. */
  private static Clinic changed(ClinicBuilder builder) {
    Clinic clinic = builder.build();
    clinic.getMetadata().setGeneration(2L);
    return clinic;
  }

  private static ClinicServiceStatus told(long generation) {
    return serviceStatus()
        .observedGeneration(generation)
        .conditions(
            List.of(
                condition("Accepted", ConditionStatus.False, "HostConflict"),
                condition("Programmed", ConditionStatus.True, "Programmed")))
        .publicURL(URL)
        .endpoint(new EndpointStatus("ep_1", "p", "e"))
        .build();
  }

  private static Condition condition(String type, ConditionStatus status, String reason) {
    return new Condition(type, status, 1L, "2026-01-01T00:00:00Z", reason, "as before");
  }
}
