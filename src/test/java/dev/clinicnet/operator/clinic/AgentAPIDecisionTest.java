package dev.clinicnet.operator.clinic;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.agent.AgentPassword;
import dev.clinicnet.operator.api.v1alpha1.AgentAPIStatus;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.api.v1alpha1.OnDemandStatus;
import dev.clinicnet.operator.certificate.ClientIdentities;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.Step;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The endpoint that leads to the agent's API, and the Secret that opens it. */
class AgentAPIDecisionTest {
  private static final String HOST = "agent.api.com";
  private static final String URL = "https://" + HOST;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final AgentAPIKeys KEYS =
      AgentAPIKeys.first(
          new ClientIdentities(RANDOM)
              .issue("clinic-operator", ClinicScene.NOW, AgentAPIKeys.VALIDITY),
          AgentPassword.generate(RANDOM));

  private final AgentAPIKeeper keeper = new AgentAPIKeeper(RANDOM);

  @Test
  void withoutItThereIsNeitherSecretNorEndpoint() {
    ClinicScene scene = ClinicScene.of(clinic("clinic1").build()).user();

    assertThat(scene.decide().agentAPI().steps()).isEmpty();
    assertThat(scene.decide().status().agentAPI()).isNull();
    assertThat(due(scene)).isEmpty();
  }

  @Test
  void theSecretComesFirstThenSiteKitAndEndpoint() {
    ClinicScene scene = scene(asking());
    assertThat(scene.decide().agentAPI().steps()).isEmpty();
    assertThat(scene.decide().siteKit()).isEmpty();

    Secret secret = due(scene).orElseThrow();

    assertThat(secret.getMetadata().getName()).isEqualTo("clinic1-agent-api");
    assertThat(secret.getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(owner -> assertThat(owner.getUid()).isEqualTo("uid-clinic1"));
    assertThat(secret.getMetadata().getLabels())
        .containsEntry("clinicnet.dev/agent-api", "true")
        .doesNotContainKey("clinicnet.dev/site-kit");
    assertThat(secret.getData()).containsOnlyKeys("ca.crt", "client.crt", "client.key", "password");
    scene.agentAPI(secret);
    assertThat(due(scene)).isEmpty();
    assertThat(ClinicScene.text(scene.decide().agentAPI().steps()))
        .containsExactly("create endpoints " + URL);
    assertThat(scene.decide().siteKit()).isPresent();
  }

  @Test
  void theEndpointAdmitsTheOperatorAloneAndOnlyWhatSessionsNeed() {
    Endpoint.Create body = created(scene(asking()).agentAPI(KEYS));

    assertThat(body.url()).isEqualTo(URL);
    assertThat(body.bindings()).containsExactly("public");
    assertThat(Mark.parse(body.metadata()).orElseThrow().owner().orElseThrow())
        .hasToString("Clinic clinics/clinic1");
    assertThat(body.trafficPolicy())
        .containsSubsequence(
            "on_tcp_connect",
            "terminate-tls",
            "BEGIN CERTIFICATE",
            "require-and-verify",
            "on_http_request",
            "deny ambiguous paths",
            "deny paths not listed",
            "/api/status",
            "/api/endpoints",
            "/api/tunnels",
            "deny other methods",
            "GET', 'POST', 'DELETE",
            "https://agent-api.clinic1.internal",
            "deny everything else")
        .doesNotContain("restrict-ips", KEYS.password().reveal(), "PRIVATE");
  }

  @Test
  void addressesAreRestrictedBeforeTheCertificateIsLookedAt() {
    Clinic clinic = clinic("clinic1").shared("*.api.com").agentAPI(HOST, "203.0.113.0/24").build();

    assertThat(created(scene(clinic).agentAPI(KEYS)).trafficPolicy())
        .containsSubsequence("restrict-ips", "203.0.113.0/24", "terminate-tls");
  }

  @Test
  void aNetworkThatIsNoneIsRefusedWithoutASecretToo() {
    Clinic clinic = clinic("clinic1").shared("*.api.com").agentAPI(HOST, "203.0.113.9/24").build();

    assertThat(accepted(scene(clinic)))
        .satisfies(v -> assertThat(v.reason()).isEqualTo(Reason.Invalid))
        .satisfies(v -> assertThat(v.message()).startsWith("spec.agent.api.allowCIDRs[0]: "));
    assertThat(scene(clinic).decide().remote()).isEmpty();
  }

  @Test
  void anEndpointThatIsRightNeedsNothingAndIsInTheStatus() {
    ClinicScene scene = programmed(asking());
    ClinicDecision decision = scene.decide();

    assertThat(decision.agentAPI().steps()).isEmpty();
    assertThat(decision.agentAPI().programmed()).isTrue();
    AgentAPIStatus status = decision.status().agentAPI();
    assertThat(status.endpoint().id()).isEqualTo("ep_9");
    assertThat(status.secretName()).isEqualTo("clinic1-agent-api");
    assertThat(status.certificateExpiresAt()).isEqualTo("2026-05-30T00:00:00Z");
    assertThat(decision.requeueAt().orElseThrow())
        .isBefore(ClinicScene.NOW.plus(Duration.ofDays(60)));
    assertThat(decision.status().toString()).doesNotContain(KEYS.password().reveal());
  }

  @Test
  void theNextCertificateIsUsedAsSoonAsTheEndpointAdmitsIt() {
    ClinicScene scene = programmed(asking()).at(ClinicScene.NOW.plus(Duration.ofDays(60)));

    scene.agentAPI(due(scene).orElseThrow());

    AgentAPIKeys renewing = scene.observe().agentAPI().keys().orElseThrow();
    assertThat(renewing.client()).isEqualTo(KEYS.client());
    assertThat(renewing.next()).isPresent();
    // Until then there is nothing to write.
    assertThat(due(scene)).isEmpty();
    List<Step> steps = scene.decide().agentAPI().steps();
    assertThat(ClinicScene.text(steps)).containsExactly("update endpoints " + URL);
    scene.ngrok.update(Resource.ENDPOINTS, "ep_9", changes(steps), null);
    scene.agentAPI(due(scene).orElseThrow());

    AgentAPIKeys renewed = scene.observe().agentAPI().keys().orElseThrow();
    assertThat(renewed.client()).isEqualTo(renewing.next().orElseThrow());
    assertThat(renewed.password()).isEqualTo(KEYS.password());
    assertThat(scene.decide().agentAPI().steps()).isEmpty();
    assertThat(due(scene)).isEmpty();
  }

  @Test
  void aLostSecretIsMadeAnewWithAnotherPassword() {
    ClinicScene scene = programmed(asking()).agentAPI((Secret) null);

    Secret secret = due(scene).orElseThrow();

    scene.agentAPI(secret);
    assertThat(scene.observe().agentAPI().keys().orElseThrow().password())
        .isNotEqualTo(KEYS.password());
    assertThat(ClinicScene.text(scene.decide().agentAPI().steps()))
        .containsExactly("update endpoints " + URL);
  }

  @Test
  void aSecretOfSomebodyElseIsNotTouched() {
    ClinicScene scene = scene(asking()).foreignAgentAPISecret();

    assertThat(accepted(scene).reason()).isEqualTo(Reason.AgentAPISecretConflict);
    assertThat(accepted(scene).message()).contains("clinic1-agent-api", "spec.agent.api");
    assertThat(due(scene)).isEmpty();
    assertThat(scene.decide().remote()).isEmpty();
  }

  @Test
  void theSiteKitCannotHaveTheSameSecret() {
    Clinic clinic =
        clinic("clinic1")
            .shared("*.api.com")
            .agentAPI(HOST)
            .secretName("clinic1-agent-api")
            .build();

    assertThat(accepted(scene(clinic)).reason()).isEqualTo(Reason.AgentAPISecretConflict);
    assertThat(accepted(scene(clinic)).message()).contains("spec.agent.siteKit.secretName");
  }

  @Test
  void whatIsNotAskedForAnyMoreGoesAndTheSecretIsEmptied() {
    ClinicScene scene = programmed(notAskingAnyMore());

    ClinicDecision decision = scene.decide();
    assertThat(ClinicScene.text(decision.agentAPI().steps()))
        .containsExactly("delete endpoints " + URL);
    assertThat(decision.status().agentAPI()).isNotNull();

    scene.agentAPI(due(scene).orElseThrow());
    scene.ngrok.delete(Resource.ENDPOINTS, "ep_9", null);
    assertThat(scene.observe().agentAPI().isEmpty()).isTrue();
    assertThat(due(scene)).isEmpty();
    assertThat(scene.decide().status().agentAPI()).isNull();
  }

  @Test
  void itStaysWhileSomethingThatWasStartedThroughItMustBeStopped() {
    ClinicService started = service("web").https("web.api.com").build();
    started.setStatus(serviceStatus().onDemand(new OnDemandStatus(null, null, "web")).build());
    ClinicScene scene = programmed(notAskingAnyMore()).service(started);

    assertThat(scene.decide().agentAPI().steps()).isEmpty();
    assertThat(scene.decide().status().agentAPI()).isNotNull();
    assertThat(due(scene)).isEmpty();
  }

  @Test
  void inQuarantineItIsClosedAndWhatOpenedItDestroyed() {
    ClinicScene scene =
        programmed(
            clinic("clinic1")
                .shared("*.api.com")
                .agentAPI(HOST)
                .annotation("clinicnet.dev/quarantine", "true")
                .build());

    assertThat(ClinicScene.text(scene.decide().remote())).contains("delete endpoints " + URL);
    scene.agentAPI(due(scene).orElseThrow());
    assertThat(scene.observe().agentAPI().isEmpty()).isTrue();
    assertThat(due(scene)).isEmpty();
    assertThat(scene.decide().siteKit()).isEmpty();
  }

  @Test
  void afterAQuarantineThePasswordIsAnotherThoughItWasLiftedEarly() {
    ClinicStatus last =
        clinicStatus()
            .agentAPI(known())
            .quarantinedSince(ClinicScene.NOW.plusSeconds(5).toString())
            .build();
    ClinicScene scene =
        programmed(clinic("clinic1").shared("*.api.com").agentAPI(HOST).status(last).build())
            .at(ClinicScene.NOW.plusSeconds(9));

    assertThat(ClinicScene.text(scene.decide().agentAPI().steps()))
        .containsExactly("delete endpoints " + URL);
    assertThat(scene.decide().remote()).noneMatch(step -> step.toString().contains("credentials"));
    scene.agentAPI(due(scene).orElseThrow());
    assertThat(scene.observe().agentAPI().isEmpty()).isTrue();
    scene.agentAPI(due(scene).orElseThrow());

    assertThat(scene.observe().agentAPI().keys().orElseThrow().password())
        .isNotEqualTo(KEYS.password());
    assertThat(due(scene)).isEmpty();
    assertThat(ClinicScene.text(scene.decide().remote()))
        .contains("create credentials of Clinic clinics/clinic1");
  }

  /** Two objects that exchange hosts release their endpoints first. */
  @Test
  void anEndpointThatItLetGoOfWasNotDeletedByHand() {
    assertThat(driftAfter(ConditionType.Programmed, ConditionStatus.True, "Programmed"))
        .isNotEmpty();
    assertThat(driftAfter(ConditionType.Programmed, ConditionStatus.False, "WaitingForName"))
        .isEmpty();
    assertThat(driftAfter(ConditionType.Accepted, ConditionStatus.False, "HostConflict")).isEmpty();
  }

  private static List<Drift> driftAfter(ConditionType type, ConditionStatus status, String reason) {
    ClinicStatus last =
        clinicStatus()
            .observedGeneration(1L)
            .conditions(
                List.of(
                    new Condition(type.name(), status, 1L, "2026-01-01T00:00:00Z", reason, "So.")))
            .agentAPI(known())
            .build();
    Clinic clinic = clinic("clinic1").shared("*.api.com").agentAPI(HOST).status(last).build();
    Step.Create<?, ?> created =
        (Step.Create<?, ?>) scene(clinic).agentAPI(KEYS).decide().agentAPI().steps().get(0);
    return created.drift();
  }

  @Test
  void itGoesFirstWhenTheClinicGoes() {
    ClinicScene scene =
        programmed(clinic("clinic1").shared("*.api.com").agentAPI(HOST).terminating().build());

    assertThat(ClinicScene.text(ClinicDeletion.decide(scene.observe()).steps()))
        .containsExactly("delete endpoints " + URL);
  }

  private static AgentAPIStatus known() {
    return new AgentAPIStatus(
        new EndpointStatus("ep_9", "hash", "echo"), "clinic1-agent-api", "2026-05-30T00:00:00Z");
  }

  private static Clinic asking() {
    return clinic("clinic1").shared("*.api.com").agentAPI(HOST).build();
  }

  private static Clinic notAskingAnyMore() {
    ClinicStatus last = clinicStatus().agentAPI(known()).build();
    return clinic("clinic1").shared("*.api.com").status(last).build();
  }

  private static ClinicScene scene(Clinic clinic) {
    return ClinicScene.of(clinic).user().domain("rd_1", "*.api.com", Mark.shared("i"));
  }

  /** The scene with the wanted endpoint. */
  private static ClinicScene programmed(Clinic clinic) {
    Endpoint.Create body = created(scene(asking()).agentAPI(KEYS));
    ClinicScene scene = scene(clinic).agentAPI(KEYS);
    scene.ngrok.put(
        Resource.ENDPOINTS,
        new Endpoint(
            "ep_9",
            null,
            "cloud",
            body.url(),
            null,
            false,
            null,
            body.metadata(),
            body.trafficPolicy(),
            null,
            null,
            null,
            null,
            null));
    return scene;
  }

  private Optional<Secret> due(ClinicScene scene) {
    ClinicObservation observation = scene.observe();
    AgentAPIDecision decision = ClinicDecision.decide(observation).agentAPI();
    return AgentAPIKeeper.isDue(observation, decision)
        ? Optional.of(keeper.make(observation, decision))
        : Optional.empty();
  }

  private static Endpoint.Create created(ClinicScene scene) {
    return (Endpoint.Create) ((Step.Create<?, ?>) scene.decide().agentAPI().steps().get(0)).body();
  }

  private static Endpoint.Update changes(List<Step> steps) {
    return (Endpoint.Update) ((Step.Update<?, ?>) steps.get(0)).changes();
  }

  private static Verdict accepted(ClinicScene scene) {
    return scene.decide().assessment().get(ConditionType.Accepted).orElseThrow();
  }
}
