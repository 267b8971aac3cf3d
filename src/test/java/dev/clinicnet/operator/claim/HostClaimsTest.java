package dev.clinicnet.operator.claim;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostClaimsTest {
  private static final String HOST = "a.api.com";
  private static final String EARLIER = "2025-01-01T00:00:00Z";

  @Test
  void theEarlierServiceHoldsAContestedHost() {
    // Given
    var late = service("late").https(HOST).build();
    var early = service("early").created(EARLIER).https(HOST).build();
    // Then
    assertThat(HostClaims.heldBy(late, HOST, List.of(), List.of(early, late)))
        .hasValueSatisfying(
            holder -> assertThat(holder.description()).isEqualTo("ClinicService clinics/early"));
    assertThat(HostClaims.heldBy(early, HOST, List.of(), List.of(early, late))).isEmpty();
  }

  @Test
  void theServiceThatHasItOpenHoldsItAgainstAnEarlierOne() {
    // Given
    var open = service("open").https(HOST).status(open("https://" + HOST)).build();
    var early = service("early").created(EARLIER).https(HOST).build();
    // Then
    assertThat(HostClaims.heldBy(open, HOST, List.of(), List.of(early, open))).isEmpty();
    assertThat(HostClaims.heldBy(early, HOST, List.of(), List.of(early, open))).isPresent();
  }

  @Test
  void anEndpointAtAnotherHostHoldsNothingHere() {
    // Given
    var moving = service("moving").https(HOST).status(open("https://old.api.com")).build();
    var early = service("early").created(EARLIER).https(HOST).build();
    // Then
    assertThat(HostClaims.heldBy(moving, HOST, List.of(), List.of(early))).isPresent();
  }

  @Test
  void aClinicsAgentAPIAndAServiceContestAHostByAge() {
    // Given
    var clinic = clinic("clinic1").created(EARLIER).agentAPI(HOST).build();
    var service = service("web").https(HOST).build();
    // Then
    assertThat(HostClaims.heldBy(service, HOST, List.of(clinic), List.of(service)))
        .hasValueSatisfying(
            holder -> assertThat(holder.description()).isEqualTo("Clinic clinics/clinic1"));
    assertThat(HostClaims.heldBy(clinic, HOST, List.of(clinic), List.of(service))).isEmpty();
  }

  @Test
  void whatHasNoCreationTimeYetComesLast() {
    var fresh = service("a").created(null).https(HOST).build();
    var other = service("b").https(HOST).build();

    assertThat(HostClaims.heldBy(fresh, HOST, List.of(), List.of(other))).isPresent();
  }

  /** An endpoint of an on-demand service is there only during a session. */
  @Test
  void theServiceThatWasGivenItHoldsItAgainstAnEarlierOneThatBeginsToAsk() {
    // Given
    var closed = service("closed").onDemand().https(HOST).status(judged(ConditionStatus.True));
    var early = service("early").created(EARLIER).https(HOST).build();
    // Then
    assertThat(HostClaims.heldBy(early, HOST, List.of(), List.of(closed.build()))).isPresent();
    assertThat(HostClaims.heldBy(closed.build(), HOST, List.of(), List.of(early))).isEmpty();
  }

  @Test
  void soDoesAClinicForItsAgentAPI() {
    // Given
    var clinic =
        clinic("clinic1")
            .agentAPI(HOST)
            .status(ClinicStatus.EMPTY.judged(1, accepted(ConditionStatus.True), null))
            .build();
    var early = service("early").created(EARLIER).https(HOST).build();
    // Then
    assertThat(HostClaims.heldBy(early, HOST, List.of(clinic), List.of(early))).isPresent();
    assertThat(HostClaims.heldBy(clinic, HOST, List.of(clinic), List.of(early))).isEmpty();
  }

  /** Otherwise every edit of a service would give the host to an earlier, refused one. */
  @Test
  void whoWasRefusedKeepsNobodyOut() {
    // Given
    var edited =
        service("edited").generation(2).https(HOST).status(judged(ConditionStatus.True)).build();
    var early = service("early").created(EARLIER).https(HOST);
    // Then
    assertThat(HostClaims.heldBy(edited, HOST, List.of(), List.of(early.build()))).isPresent();
    early.status(judged(ConditionStatus.False));
    assertThat(HostClaims.heldBy(edited, HOST, List.of(), List.of(early.build()))).isEmpty();
  }

  @Test
  void ofTwoThatWereRefusedTheEarlierHoldsIt() {
    // Given
    var late = service("late").https(HOST).status(judged(ConditionStatus.False)).build();
    var early = service("early").created(EARLIER).https(HOST);
    early.status(judged(ConditionStatus.False));
    // Then
    assertThat(HostClaims.heldBy(late, HOST, List.of(), List.of(early.build()))).isPresent();
    assertThat(HostClaims.heldBy(early.build(), HOST, List.of(), List.of(late))).isEmpty();
  }

  private static ClinicServiceStatus judged(ConditionStatus status) {
    return new ClinicServiceStatus(
        1L, accepted(status), null, null, null, null, null, null, null, null);
  }

  private static List<Condition> accepted(ConditionStatus status) {
    return List.of(new Condition("Accepted", status, 1L, EARLIER, "Any", "Any."));
  }

  private static ClinicServiceStatus open(String url) {
    return serviceStatus().publicURL(url).endpoint(new EndpointStatus("ep_1", "p", "e")).build();
  }
}
