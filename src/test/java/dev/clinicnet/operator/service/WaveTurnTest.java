package dev.clinicnet.operator.service;

import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.account.SeenAgents;
import dev.clinicnet.operator.account.WaveOptions;
import dev.clinicnet.operator.account.Waves;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.claim.ServiceBuilder;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.policy.AccessPolicy;
import dev.clinicnet.operator.policy.ContentHash;
import dev.clinicnet.operator.policy.Forwards;
import dev.clinicnet.operator.policy.PolicyBuilder;
import dev.clinicnet.operator.policy.TrafficPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WaveTurnTest {
  static final String URL = "https://web.api.com";
  static final String INTERNAL = "https://web.clinic1.internal";

  /** What an older version of the operator built. */
  private static final TrafficPolicy OLD =
      PolicyBuilder.https(
          AccessPolicy.ofAddresses(List.of(), List.of()),
          List.of("/old"),
          Map.of(),
          Forwards.to(INTERNAL));

  private final Waves waves =
      new Waves(new WaveOptions(2, 10, Duration.ofMinutes(1)), SeenAgents.NONE, service -> {});

  @Test
  void aPolicyThatNoManifestAsksForWaits() {
    // Given
    ServiceObservation o = scene(service("web"), 1L).observe();
    // When
    ServiceDecision decision = WaveTurn.of(waves, o, ServiceDecision.decide(o), true);
    // Then
    assertThat(decision.steps()).isEmpty();
    assertThat(reason(decision)).isEqualTo(Reason.WaitingForWave);
    assertThat(decision.requeueAt()).isPresent();
    assertThat(decision.status().endpoint().policyHash()).isEqualTo(OLD.hash());
  }

  @Test
  void itSaysWhyTheWaveGoesNoFurther() {
    // Given
    ServiceObservation o = scene(service("web"), 1L).observe();
    Instant before = o.now().minusSeconds(60);
    IntStream.range(0, 7).forEach(i -> ask("a" + i, i == 0, before));
    ask("a0", true, before.plusSeconds(5));
    ServiceObservation canary = scene(service("a0").clinic("a0"), 1L).observe();
    // When
    WaveTurn.report(
        waves,
        canary,
        new Assessment()
            .put(ConditionType.Programmed, Verdict.no(Reason.PolicyRejected, "It has an error.")));
    // Then
    ServiceDecision decision = WaveTurn.of(waves, o, ServiceDecision.decide(o), true);
    assertThat(decision.steps()).isEmpty();
    assertThat(reason(decision)).isEqualTo(Reason.WaveStopped);
    assertThat(decision.assessment().get(ConditionType.Programmed).orElseThrow().message())
        .contains("ClinicService clinics/a0 says PolicyRejected.");
  }

  @Test
  void whatAUserChangesDoesNotWait() {
    ServiceObservation o = scene(service("web").generation(2), 1L).observe();

    ServiceDecision decision = WaveTurn.of(waves, o, ServiceDecision.decide(o), true);

    assertThat(ServiceScene.text(decision.steps())).containsExactly("update endpoints " + URL);
  }

  @Test
  void whatMayNotBeWrittenHoldsNobodyUp() {
    ServiceObservation o = scene(service("web"), 1L).observe();

    ServiceDecision decision = WaveTurn.of(waves, o, ServiceDecision.decide(o), false);

    assertThat(decision.steps()).hasSize(1);
    assertThat(reason(decision)).isNotEqualTo(Reason.WaitingForWave);
  }

  @Test
  void theRemovalOfAUserDoesNotWait() {
    ServiceObservation o = RevocationTest.users("2", List.of("ann", "bob"), List.of("ann"));

    ServiceDecision decision = WaveTurn.of(waves, o, ServiceDecision.decide(o), true);

    assertThat(ServiceScene.text(decision.steps())).containsExactly("update endpoints " + URL);
    assertThat(reason(decision)).isNotEqualTo(Reason.WaitingForWave);
  }

  @Test
  void theRemovalOfACADoesNotWait() {
    ServiceObservation o = RevocationTest.authorities(List.of("staff", "partner"), "partner");

    ServiceDecision decision = WaveTurn.of(waves, o, ServiceDecision.decide(o), true);

    assertThat(ServiceScene.text(decision.steps())).containsExactly("update endpoints " + URL);
    assertThat(reason(decision)).isNotEqualTo(Reason.WaitingForWave);
  }

  @Test
  void whoComesNewWaits() {
    for (ServiceObservation o :
        List.of(
            RevocationTest.users("2", List.of("ann"), List.of("ann", "bob")),
            RevocationTest.authorities(List.of("staff"), "staff", "partner"))) {
      ServiceDecision decision = WaveTurn.of(waves, o, ServiceDecision.decide(o), true);

      assertThat(decision.steps()).isEmpty();
      assertThat(reason(decision)).isEqualTo(Reason.WaitingForWave);
    }
  }

  private void ask(String name, boolean canary, Instant now) {
    waves.ask(
        new Owner("ClinicService", "clinics", name),
        new Owner("Clinic", "clinics", name),
        canary,
        false,
        now);
  }

  private static Reason reason(ServiceDecision decision) {
    return decision.assessment().get(ConditionType.Programmed).map(Verdict::reason).orElse(null);
  }

  private static ServiceScene scene(ServiceBuilder builder, Long generation) {
    return scene(builder, generation, OLD);
  }

  /** A service whose endpoint has a policy that was made for this generation of its manifest. */
  static ServiceScene scene(ServiceBuilder builder, Long generation, TrafficPolicy inForce) {
    EndpointStatus last =
        new EndpointStatus("ep_1", inForce.hash(), ContentHash.of(inForce.toJson()), generation);
    ServiceScene scene =
        ServiceScene.of(
                builder
                    .https("web.api.com")
                    .status(
                        serviceStatus()
                            .observedGeneration(generation)
                            .internalURL(INTERNAL)
                            .publicURL(URL)
                            .endpoint(last)
                            .build())
                    .build())
            .in(ServiceDecisionTest.acceptedClinic())
            .domain("*.api.com");
    return scene.endpoint("ep_1", URL, scene.mark(), inForce.toJson());
  }
}
