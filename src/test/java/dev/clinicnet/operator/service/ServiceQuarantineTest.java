package dev.clinicnet.operator.service;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static dev.clinicnet.operator.service.ServiceScene.NOW;
import static dev.clinicnet.operator.service.ServiceScene.accepted;
import static dev.clinicnet.operator.session.SessionBuilder.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.claim.ServiceBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.endpoint.PublicEndpoint;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.DenyAll;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A service whose Clinic is quarantined. */
class ServiceQuarantineTest {
  private static final String URL = "https://web.api.com";
  private static final String OPEN = "{\"on_http_request\":[]}";

  @ParameterizedTest
  @CsvSource({
    "https://web.api.com, on_http_request, 403",
    "tls://web.api.com, on_tcp_connect, deny",
    "tcp://1.tcp.ngrok.io:20000, on_tcp_connect, deny"
  })
  void anEndpointDeniesInThePhaseThatItHas(String url, String phase, String denial) {
    assertThat(DenyAll.at(url).tree()).containsOnlyKeys(phase);
    assertThat(DenyAll.at(url).toJson()).contains("deny", denial).doesNotContain("expressions");
  }

  @Test
  void thePublicEndpointIsPatchedAndNothingElse() {
    ServiceDecision decision = open(web(), cutOff()).decide();

    Step step = decision.steps().get(0);
    assertThat(decision.steps()).hasSize(1);
    assertThat(step).hasToString("update endpoints " + URL);
    assertThat(step.lane()).isEqualTo(Lane.CLOSING);
    assertThat(step.cause()).isEqualTo(Cause.CLOSING);
    assertThat(((Step.Update<?, ?>) step).changes())
        .isEqualTo(Endpoint.Update.policy(DenyAll.at(URL).toJson()));
    assertThat(decision.assessment().get(ConditionType.Programmed))
        .hasValueSatisfying(
            verdict -> {
              assertThat(verdict.isTrue()).isFalse();
              assertThat(verdict.reason()).isEqualTo(Reason.Quarantined);
              assertThat(verdict.message()).contains("clinic1", "clinicnet.dev/quarantine");
            });
  }

  @Test
  void onceItDeniesNothingIsLeftToDoAndTheStatusKnowsWhatIsThere() {
    ServiceScene scene = denying(web().status(status("normal")), cutOff());

    ServiceDecision decision = scene.decide();

    assertThat(decision.steps()).isEmpty();
    assertThat(decision.status().publicURL()).isEqualTo(URL);
    assertThat(decision.status().endpoint().policyHash()).isEqualTo(DenyAll.at(URL).hash());
  }

  @Test
  void whatThePlatformWritesDifferentlyIsNoReasonToSendItAgain() {
    Endpoint stored = endpoint("{\"on_http_request\":[{\"normalised\":true}]}");
    ServiceScene scene =
        open(
            web().status(status(DenyAll.at(URL).hash(), PublicEndpoint.echoHash(stored), null)),
            cutOff());
    scene.ngrok.put(Resource.ENDPOINTS, stored);

    assertThat(scene.steps()).isEmpty();
  }

  @Test
  void oneThatSessionsOpenIsTakenDownWhateverTheySay() {
    ServiceScene scene =
        open(web().onDemand(), cutOff())
            .session(session("s1").open(NOW.plus(Duration.ofHours(1)).toString()).build());

    assertThat(scene.steps()).containsExactly("delete endpoints " + URL);
    assertThat(scene.decide().steps().get(0).cause()).isEqualTo(Cause.CLOSING);
    scene.inventory.deleted(Resource.ENDPOINTS, "ep_1");
    ServiceDecision closed = ServiceDecision.decide(scene.observeUnswept());
    assertThat(closed.steps()).isEmpty();
    assertThat(closed.status().publicURL()).isNull();
    assertThat(closed.status().onDemand()).isNull();
  }

  @Test
  void aNewServiceOpensNothingAndReservesNothing() {
    ServiceScene https =
        ServiceScene.of(web().build()).in(cutOff().shared("*.api.com").build()).domain("*.api.com");
    ServiceScene tcp = ServiceScene.of(service("db").tcp().build()).in(cutOff().build());

    assertThat(https.steps()).isEmpty();
    assertThat(tcp.steps()).isEmpty();
    assertThat(https.decide().assessment().get(ConditionType.Accepted))
        .hasValueSatisfying(verdict -> assertThat(verdict.isTrue()).isTrue());
  }

  @Test
  void aRefusedManifestAndABrokenReferenceHoldNothingBack() {
    ServiceScene elsewhere =
        open(service("web").https("web.elsewhere.com").status(status("normal")), cutOff());
    ServiceScene broken =
        open(
            web().access("mutualTLS: {caBundles: [{secretKeyRef: {name: gone, key: ca.crt}}]}"),
            cutOff());

    assertThat(elsewhere.steps()).containsExactly("update endpoints " + URL);
    assertThat(broken.steps()).containsExactly("update endpoints " + URL);
    assertThat(broken.decide().assessment().get(ConditionType.ResolvedRefs))
        .hasValueSatisfying(
            verdict -> assertThat(verdict.reason()).isEqualTo(Reason.ReferenceNotFound));
  }

  @Test
  void withoutAListTheEndpointThatTheStatusNamesIsPatchedOnce() {
    ServiceScene scene =
        ServiceScene.of(web().status(status("normal")).build()).in(cutOff().build());
    ServiceObservation unseen = scene.observeUnswept();

    List<Step> steps = EndpointDecision.closeUnseen(unseen);

    assertThat(ServiceScene.text(steps)).containsExactly("update endpoints " + URL);
    scene.inventory.wrote(Resource.ENDPOINTS, endpoint(DenyAll.at(URL).toJson()));
    assertThat(EndpointDecision.closeUnseen(scene.observeUnswept())).isEmpty();
    assertThat(LastStatus.unseen(scene.observeUnswept()).endpoint().policyHash())
        .isEqualTo(DenyAll.at(URL).hash());
  }

  @ParameterizedTest
  @EnumSource(DeletionPolicy.class)
  void deletionGoesOnAndLeavesNothingThatLetsSomebodyIn(DeletionPolicy policy) {
    ServiceScene scene = open(web().terminating(), cutOff().deletionPolicy(policy));

    assertThat(ServiceScene.text(ServiceDeletion.decide(scene.observe()).steps()))
        .containsExactly(
            policy == DeletionPolicy.Delete
                ? "delete endpoints " + URL
                : "update endpoints " + URL);
    if (policy == DeletionPolicy.Retain) {
      ServiceScene denying = denying(web().terminating(), cutOff().deletionPolicy(policy));
      Step.Update<?, ?> retain =
          (Step.Update<?, ?>) ServiceDeletion.decide(denying.observe()).steps().get(0);
      Endpoint.Update changes = (Endpoint.Update) retain.changes();
      assertThat(changes.metadata()).contains("retained");
      assertThat(changes.trafficPolicy()).isNull();
    }
  }

  @Test
  void removalRestoresThePolicyThoughDriftIsOnlyReportedAndWaitsBehindNobody() {
    ServiceObservation lifted =
        denying(
                web().status(status(DenyAll.at(URL).hash(), "echo", Reason.Quarantined)),
                clinic("clinic1"))
            .observe();

    Step restore = ServiceDecision.decide(lifted).steps().get(0);

    assertThat(restore).hasToString("update endpoints " + URL);
    assertThat(restore.cause()).isEqualTo(Cause.MANIFEST);
    assertThat(ServiceQuarantine.wasSaidOf(lifted.service())).as("so that it is a CHANGE").isTrue();
  }

  private static ServiceBuilder web() {
    return service("web").https("web.api.com");
  }

  private static ClinicBuilder cutOff() {
    return clinic("clinic1").annotation("clinicnet.dev/quarantine", "true");
  }

  private static ServiceScene open(ServiceBuilder service, ClinicBuilder its) {
    ServiceScene scene =
        ServiceScene.of(service.build())
            .in(its.shared("*.api.com").status(accepted(true)).build())
            .domain("*.api.com");
    return scene.endpoint("ep_1", URL, scene.mark(), OPEN);
  }

  private static ServiceScene denying(ServiceBuilder service, ClinicBuilder its) {
    ServiceScene scene = open(service, its);
    return scene.endpoint("ep_1", URL, scene.mark(), DenyAll.at(URL).toJson());
  }

  private static Endpoint endpoint(String policy) {
    ServiceScene scene = ServiceScene.of(web().build());
    return new Endpoint(
        "ep_1",
        null,
        "cloud",
        URL,
        null,
        false,
        null,
        scene.mark().text(),
        policy,
        null,
        null,
        null,
        null,
        null);
  }

  private static ClinicServiceStatus status(String policyHash) {
    return status(policyHash, "echo", null);
  }

  private static ClinicServiceStatus status(String policyHash, String echoHash, Reason programmed) {
    List<Condition> conditions =
        programmed == null
            ? null
            : List.of(
                new Condition(
                    "Programmed",
                    ConditionStatus.False,
                    1L,
                    "2026-02-01T00:00:00Z",
                    programmed.name(),
                    ""));
    return serviceStatus()
        .conditions(conditions)
        .internalURL("https://web.clinic1.internal")
        .publicURL(URL)
        .endpoint(new EndpointStatus("ep_1", policyHash, echoHash))
        .build();
  }
}
