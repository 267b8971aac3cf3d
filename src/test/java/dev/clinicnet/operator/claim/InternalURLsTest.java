package dev.clinicnet.operator.claim;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InternalURLsTest {
  private static final Clinic CLINIC = clinic("clinic1").build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a.clinic2.internal",
        "https://a.aclinic1.internal",
        "https://clinic1.internal",
        "https://a.clinic1.internal.evil.internal"
      })
  void aURLOutsideTheClinicsDomainIsInvalid(String url) {
    var service = service("a").internalURL(url).build();

    assertThat(InternalURLs.problem(service, CLINIC, List.of(service)))
        .map(Verdict::reason)
        .contains(Reason.Invalid);
  }

  @Test
  void theEarlierOfTwoServicesHasTheURL() {
    // Given
    var first = named("first", "2025-01-01T00:00:00Z").build();
    var second = named("second", "2025-01-02T00:00:00Z").build();
    // Then
    assertThat(InternalURLs.problem(first, CLINIC, List.of(first, second))).isEmpty();
    assertThat(InternalURLs.problem(second, CLINIC, List.of(first, second)))
        .hasValueSatisfying(
            verdict -> {
              assertThat(verdict.reason()).isEqualTo(Reason.InternalURLConflict);
              assertThat(verdict.message()).contains("ClinicService clinics/first");
            });
  }

  @Test
  void theServiceWhoseStatusHasTheURLKeepsItFromAnEarlierOne() {
    // Given
    var first = named("first", "2025-01-01T00:00:00Z").build();
    var holder =
        named("holder", "2025-01-02T00:00:00Z")
            .status(
                new ClinicServiceStatus(
                    1L,
                    null,
                    "https://x.clinic1.internal",
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null))
            .build();
    // Then
    assertThat(InternalURLs.problem(holder, CLINIC, List.of(first, holder))).isEmpty();
    assertThat(InternalURLs.problem(first, CLINIC, List.of(first, holder))).isPresent();
  }

  @Test
  void theAgentsOwnAPIKeepsItsNameWhereItIsUsed() {
    // Given
    var withAPI = clinic("clinic1").shared("*.api.com").agentAPI("agent.api.com").build();
    var byURL = service("a").internalURL("https://agent-api.clinic1.internal").build();
    var byName = service("agent-api").internalURL("https://b.clinic1.internal").build();
    // Then
    for (ClinicService service : List.of(byURL, byName)) {
      assertThat(InternalURLs.problem(service, withAPI, List.of(service)))
          .map(Verdict::reason)
          .contains(Reason.InternalURLConflict);
      assertThat(InternalURLs.problem(service, CLINIC, List.of(service))).isEmpty();
    }
  }

  @Test
  void theAgentBindsForThoseThatAreValidAndNotTerminating() {
    // Given
    var good = service("good").build();
    var going = service("going").terminating().build();
    var outside = service("outside").internalURL("https://a.clinic2.internal").build();
    var first = named("first", "2025-01-01T00:00:00Z").build();
    var second = named("second", "2025-01-02T00:00:00Z").build();
    // Then
    assertThat(InternalURLs.bound(CLINIC, List.of(good, going, outside, second, first)))
        .containsExactly(good, first);
  }

  @Test
  void aURLIsTakenWhileTheServiceThatMovesAwayStillForwardsToIt() {
    // Given
    var moving =
        service("moving")
            .internalURL("https://new.clinic1.internal")
            .status(
                new ClinicServiceStatus(
                    1L,
                    null,
                    "https://x.clinic1.internal",
                    "2025-01-01T00:00:00Z",
                    null,
                    null,
                    null,
                    null,
                    null,
                    null))
            .build();
    var successor = named("successor", "2025-01-02T00:00:00Z").build();
    // Then
    assertThat(InternalURLs.bound(CLINIC, List.of(moving, successor))).containsExactly(moving);
  }

  private static ServiceBuilder named(String name, String created) {
    return service(name).created(created).internalURL("https://x.clinic1.internal");
  }
}
