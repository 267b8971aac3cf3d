package dev.clinicnet.operator.clinic;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.AgentAPIStatus;
import dev.clinicnet.operator.api.v1alpha1.AgentStatus;
import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.api.v1alpha1.DriftPolicy;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.api.v1alpha1.RetiringCredential;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.endpoint.PublicEndpoint;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.DenyAll;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A Clinic that is quarantined. */
class ClinicQuarantineTest {
  private static final String EARLIER = "2026-02-01T00:00:00Z";
  private static final String NOW = "2026-03-01T00:00:00Z";

  @Test
  void everyCredentialGoesThenEverySessionAndNothingIsMade() {
    ClinicScene scene = complete(cutOff().exclusive("a.com"));
    scene.credential("cr_old", scene.mark().withNonce("o")).session("2", "cr_old", null);

    ClinicDecision decision = scene.decide();

    assertThat(ClinicScene.text(decision.remote()))
        .containsExactly(
            "delete credentials cr_1",
            "delete credentials cr_old",
            "stop tunnel_sessions 1",
            "stop tunnel_sessions 2");
    assertThat(decision.remote())
        .allMatch(step -> step.lane() == Lane.CLOSING && step.cause() == Cause.CLOSING);
    assertThat(decision.siteKit()).isEmpty();
    assertThat(decision.published()).isFalse();
    assertThat(decision.assessment().get(ConditionType.Programmed))
        .hasValueSatisfying(
            verdict -> {
              assertThat(verdict.reason()).isEqualTo(Reason.Quarantined);
              assertThat(verdict.message()).contains("since " + NOW, "install the new site kit");
            });
    assertThat(decision.status().quarantinedSince()).isEqualTo(NOW);
    assertThat(decision.agents().quarantined()).isTrue();
  }

  @Test
  void nothingIsKnownOfAnotherClinic() {
    ClinicScene scene = complete(cutOff());
    scene
        .credential("cr_2", ClinicScene.mark(clinic("clinic2").build()))
        .credential("cr_3", "somebody else's", "bind:*.x.internal")
        .session("3", "cr_2", null)
        .endpoint("ep_2", "cloud", ClinicScene.mark(clinic("clinic2").build()));

    assertThat(scene.steps()).containsExactly("delete credentials cr_1", "stop tunnel_sessions 1");
  }

  @Test
  void whatADeletedServiceLeftIsClosedAndNamedUntilTheServiceIsBack() {
    ClinicScene scene = complete(cutOff());
    scene.endpoint("ep_left", "cloud", markOf("gone").retained());
    scene.endpoint("ep_kept", "cloud", markOf("kept").retained());
    scene.endpoint("ep_going", "cloud", markOf("going"));
    scene.service(service("kept").build());

    ClinicDecision decision = scene.decide();

    assertThat(ClinicScene.text(decision.remote()))
        .containsExactly(
            "update endpoints https://ep_left.com",
            "delete credentials cr_1",
            "stop tunnel_sessions 1");
    assertThat(decision.remote().get(0).cause()).isEqualTo(Cause.CLOSING);
    assertThat(PublicEndpoint.policySent(decision.remote().get(0)))
        .isEqualTo(DenyAll.at("https://ep_left.com").toJson());
    assertThat(decision.assessment().get(ConditionType.Programmed).orElseThrow().message())
        .contains("Endpoints that deleted services left", ": https://ep_left.com. Apply the");
  }

  private static Mark markOf(String service) {
    return Mark.of("i", new Owner("ClinicService", "clinics", service), "uid", "clinic1");
  }

  @Test
  void theEndpointOfTheAgentsApiGoesToo() {
    ClinicScene scene = complete(cutOff());
    scene.endpoint("ep_api", "cloud", scene.mark());

    assertThat(scene.steps()).first().isEqualTo("delete endpoints https://ep_api.com");
  }

  @Test
  void theCredentialsThatWentAreRememberedSoThatLateSessionsAreFound() {
    ClinicScene scene = cutOffSince(EARLIER, "cr_1", "cr_old").user().secret("cr_1", null);
    assertThat(scene.steps()).isEmpty();

    scene.session("9", "cr_old", null);

    assertThat(scene.steps()).containsExactly("stop tunnel_sessions 9");
    AuthtokenStatus kept = scene.decide().status().authtoken();
    assertThat(kept.credentialID()).isNull();
    assertThat(kept.firstUsedAt()).isNull();
    assertThat(kept.retiring())
        .extracting(RetiringCredential::credentialID)
        .containsExactly("cr_1", "cr_old");
    assertThat(scene.decide().status().quarantinedSince()).isEqualTo(EARLIER);
  }

  @Test
  void nobodyIsAdvisedToInstallAKitOrToLookAfterAnAgentOfASiteThatIsCutOff() {
    ClinicScene scene = cutOffSince(EARLIER, "cr_1").user().secret("cr_1", null);

    var assessment = scene.decide().assessment();

    assertThat(assessment.get(ConditionType.SiteKitCurrent).orElseThrow().reason())
        .isEqualTo(Reason.Quarantined);
    assertThat(assessment.get(ConditionType.AgentOnline).orElseThrow().reason())
        .isEqualTo(Reason.Quarantined);
  }

  @Test
  void withoutAListWhatTheStatusNamesIsCutOff() {
    ClinicStatus last =
        status(
            new AuthtokenStatus(
                "cr_1",
                EARLIER,
                List.of("bind:*.clinic1.internal"),
                List.of(new RetiringCredential("cr_0", EARLIER, null)),
                EARLIER,
                null,
                null),
            List.of(new AgentStatus("ts_1", null, null, null, null)),
            null);
    ClinicScene scene = ClinicScene.of(cutOff().status(last).build()).secret("cr_of_others", null);

    List<Step> steps = ClinicQuarantine.steps(scene.observeUnswept());

    assertThat(ClinicScene.text(steps))
        .containsExactly(
            "delete endpoints Agent API of Clinic clinic1",
            "delete credentials cr_1",
            "delete credentials cr_0",
            "stop tunnel_sessions ts_1");
    scene.inventory.deleted(Resource.ENDPOINTS, "ep_api");
    scene.inventory.deleted(Resource.CREDENTIALS, "cr_1");
    scene.inventory.deleted(Resource.CREDENTIALS, "cr_0");
    scene.inventory.deleted(Resource.TUNNEL_SESSIONS, "ts_1");
    ClinicObservation after = scene.observeUnswept();
    assertThat(ClinicQuarantine.steps(after)).isEmpty();
    assertThat(ClinicQuarantine.status(after, last).agentAPI())
        .isEqualTo(new AgentAPIStatus(null, "clinic1-agent-api", EARLIER));
  }

  @Test
  void aRefusedManifestIsCutOffToo() {
    ClinicScene scene = complete(cutOff().agentAPI("a.api.com"));

    assertThat(scene.decide().assessment().fails(ConditionType.Accepted)).isTrue();
    assertThat(scene.steps()).contains("delete credentials cr_1");
  }

  @ParameterizedTest
  @EnumSource(DeletionPolicy.class)
  void aClinicThatIsDeletedIsCutOffFirst(DeletionPolicy policy) {
    ClinicScene scene = complete(cutOff().terminating().deletionPolicy(policy));

    assertThat(ClinicScene.text(ClinicDeletion.decide(scene.observe()).steps()))
        .containsExactly("delete credentials cr_1", "stop tunnel_sessions 1");
  }

  @Test
  void removalIssuesANewTokenThoughDriftIsOnlyReportedAndItIsCutOffUntilThen() {
    ClinicBuilder released = clinic("clinic1").driftPolicy(DriftPolicy.Report);
    ClinicScene scene = since(released, EARLIER, "cr_1").user().secret("cr_1", null);

    ClinicDecision decision = scene.decide();

    assertThat(ClinicScene.text(decision.remote()))
        .containsExactly("create credentials of Clinic clinics/clinic1");
    assertThat(decision.remote().get(0).cause()).isEqualTo(Cause.MANIFEST);
    assertThat(decision.status().quarantinedSince()).isEqualTo(EARLIER);

    scene.credential("cr_2", scene.mark().withNonce("n")).secret("cr_2", null);

    assertThat(scene.decide().remote()).isEmpty();
    assertThat(scene.decide().status().quarantinedSince()).isNull();
  }

  @Test
  void oneThatIsLiftedBeforeTheTokenIsDeadGoesOnUntilItIs() {
    ClinicScene scene = since(clinic("clinic1"), EARLIER, "cr_1").user().secret("cr_1", null);
    scene.credential("cr_1", scene.mark().withNonce("n"));

    assertThat(scene.steps()).containsExactly("delete credentials cr_1");
    assertThat(scene.decide().published()).as("a token that leaked is no site kit").isFalse();
    assertThat(scene.decide().status().quarantinedSince()).isEqualTo(EARLIER);
  }

  @Test
  void onlyTheWordTrueQuarantines() {
    ClinicScene scene = complete(clinic("clinic1").annotation("clinicnet.dev/quarantine", "no"));

    assertThat(scene.steps()).isEmpty();
    assertThat(scene.decide().status().quarantinedSince()).isNull();
  }

  private static ClinicBuilder cutOff() {
    return clinic("clinic1").annotation("clinicnet.dev/quarantine", "true");
  }

  private static ClinicScene complete(ClinicBuilder builder) {
    ClinicScene scene = ClinicScene.of(builder.build()).user().secret("cr_1", null);
    return scene.credential("cr_1", scene.mark().withNonce("n")).session("1", "cr_1", null);
  }

  private static ClinicScene cutOffSince(String since, String... gone) {
    return since(cutOff(), since, gone);
  }

  private static ClinicScene since(ClinicBuilder builder, String since, String... gone) {
    List<RetiringCredential> retiring =
        List.of(gone).stream().map(id -> new RetiringCredential(id, since, null)).toList();
    AuthtokenStatus authtoken =
        new AuthtokenStatus(null, null, List.of(), retiring, null, null, null);
    return ClinicScene.of(builder.status(status(authtoken, null, since)).build());
  }

  private static ClinicStatus status(
      AuthtokenStatus authtoken, List<AgentStatus> agents, String quarantinedSince) {
    AgentAPIStatus api =
        new AgentAPIStatus(
            new EndpointStatus("ep_api", "hash", "echo"), "clinic1-agent-api", EARLIER);
    return clinicStatus()
        .authtoken(authtoken)
        .agents(agents)
        .agentAPI(agents == null ? null : api)
        .quarantinedSince(quarantinedSince)
        .build();
  }
}
