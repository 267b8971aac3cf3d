package dev.clinicnet.operator.claim;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
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
            .status(serviceStatus().internalURL("https://x.clinic1.internal").build())
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
        .extracting(InternalURLs.Bound::service)
        .containsExactly(good, first);
  }

  @Test
  void aURLIsTakenWhileTheServiceThatMovesAwayStillForwardsToIt() {
    // Given
    var moving =
        service("moving")
            .internalURL("https://new.clinic1.internal")
            .status(
                serviceStatus()
                    .internalURL("https://x.clinic1.internal")
                    .internalBoundAt("2025-01-01T00:00:00Z")
                    .build())
            .build();
    var successor = named("successor", "2025-01-02T00:00:00Z").build();
    // Then
    assertThat(InternalURLs.bound(CLINIC, List.of(moving, successor)))
        .containsExactly(new InternalURLs.Bound(moving, "https://new.clinic1.internal"));
  }

  @Test
  void servicesThatExchangeTheirURLsGoThroughTemporaryOnes() {
    var a = at("a", "y", "x").build();
    var b = at("b", "x", "y").build();
    List<ClinicService> both = List.of(a, b);

    assertThat(InternalURLs.problem(a, CLINIC, both)).isEmpty();
    assertThat(InternalURLs.problem(b, CLINIC, both)).isEmpty();
    assertThat(InternalURLs.bound(CLINIC, both))
        .extracting(InternalURLs.Bound::url)
        .containsExactly("https://a-moving.clinic1.internal", "https://b-moving.clinic1.internal");
  }

  /** Both have left: nothing leads to the URLs any more. */
  @Test
  void fromTheTemporaryOnesTheyGoToThoseThatTheyAskFor() {
    var a = at("a", "y", "a-moving").build();
    var b = at("b", "x", "b-moving").build();

    assertThat(InternalURLs.bound(CLINIC, List.of(a, b)))
        .extracting(InternalURLs.Bound::url)
        .containsExactly(url("y"), url("x"));
  }

  /** The kit is not written again for the moment between the two passes. */
  @Test
  void whoHasNotLeftYetStaysOnItsWayWhileTheOtherHas() {
    var a = at("a", "y", "a-moving").build();
    var b = at("b", "x", "y").build();

    assertThat(InternalURLs.bound(CLINIC, List.of(a, b)))
        .extracting(InternalURLs.Bound::url)
        .containsExactly("https://a-moving.clinic1.internal", "https://b-moving.clinic1.internal");
  }

  @Test
  void inAChainEachWaitsForTheNextAndKeepsWhatItHas() {
    var a = at("a", "y", "x").build();
    var b = at("b", "z", "y").build();
    List<ClinicService> both = List.of(a, b);

    assertThat(InternalURLs.problem(a, CLINIC, both)).isEmpty();
    assertThat(InternalURLs.bound(CLINIC, both))
        .extracting(InternalURLs.Bound::url)
        .containsExactly(url("x"), url("z"));
  }

  @Test
  void whoHadNoneYetIsToldThatItBecomesFree() {
    var successor = service("a").internalURL(url("y")).build();
    var moving = at("b", "z", "y").build();

    assertThat(InternalURLs.problem(successor, CLINIC, List.of(successor, moving)))
        .hasValueSatisfying(
            verdict ->
                assertThat(verdict.message())
                    .isEqualTo(
                        "spec.internalURL https://y.clinic1.internal is held by ClinicService"
                            + " clinics/b, which gives it up: it is free once the present site kit"
                            + " is installed. Wait, or choose another."));
  }

  /** Otherwise an installed site kit would make the service unreachable. */
  @Test
  void whoIsRefusedKeepsWhatItsAgentBinds() {
    var refused = at("a", "y", "x").build();
    var holder = at("b", "y", "y").build();
    List<ClinicService> both = List.of(refused, holder);

    assertThat(InternalURLs.problem(refused, CLINIC, both))
        .map(Verdict::message)
        .contains(
            "spec.internalURL https://y.clinic1.internal is held by ClinicService clinics/b:"
                + " choose another.");
    assertThat(InternalURLs.bound(CLINIC, both))
        .extracting(InternalURLs.Bound::url)
        .containsExactly(url("x"), url("y"));
  }

  @Test
  void whoWaitsForOneThatIsRefusedIsToldWhatToDo() {
    var a = at("a", "y", "x").build();
    var b = at("b", "z", "y").build();
    var c = at("c", "z", "z").build();

    assertThat(InternalURLs.problem(a, CLINIC, List.of(a, b, c)))
        .map(Verdict::message)
        .contains(
            "spec.internalURL https://y.clinic1.internal is held by ClinicService clinics/b, which"
                + " asks for https://z.clinic1.internal and cannot have it: give one of them"
                + " another spec.internalURL first, install the site kit, and the wanted one after"
                + " that.");
  }

  @Test
  void whereTheTemporaryNameIsAServicesOwnAnExchangeIsRefused() {
    var a = at("a", "y", "x").build();
    var b = at("b", "x", "y").build();
    var c = service("c").internalURL("https://a-moving.clinic1.internal").build();
    var d = service("d").internalURL("https://b-moving.clinic1.internal").build();
    List<ClinicService> all = List.of(a, b, c, d);

    assertThat(InternalURLs.problem(a, CLINIC, all))
        .map(Verdict::reason)
        .contains(Reason.InternalURLConflict);
    assertThat(InternalURLs.toBind(a, CLINIC, all)).contains(url("x"));
  }

  @Test
  void aTemporaryNameIsOneLabelHoweverLongTheServicesIs() {
    String name = "n".repeat(63);
    var service = service(name).internalURL("tcp://x.clinic1.internal:5432").build();

    assertThat(InternalURLs.temporary(service, CLINIC, List.of(service)))
        .hasValueSatisfying(
            url ->
                assertThat(url)
                    .matches("tcp://n{47}-[0-9a-f]{8}-moving\\.clinic1\\.internal:5432"));
  }

  /** A service that asks for one URL, and whose agent binds another for it. */
  private static ServiceBuilder at(String name, String wanted, String present) {
    return service(name)
        .internalURL(url(wanted))
        .status(
            serviceStatus()
                .internalURL(url(present))
                .internalBoundAt("2025-01-01T00:00:00Z")
                .build());
  }

  private static String url(String label) {
    return "https://" + label + ".clinic1.internal";
  }

  private static ServiceBuilder named(String name, String created) {
    return service(name).created(created).internalURL("https://x.clinic1.internal");
  }
}
