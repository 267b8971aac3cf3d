package dev.clinicnet.operator.clinic;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.agent.AgentFacts;
import dev.clinicnet.operator.agent.AgentMetadata;
import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.condition.Warnings;
import dev.clinicnet.operator.ngrok.AgentIngress;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Ref;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.TunnelSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report on the agents of a Clinic with service {@code web}, which its agent binds. */
class AgentsReportTest {
  private static final String WEB = "https://web.clinic1.internal";
  private static final Instant LONG_AGO = ClinicScene.NOW.minus(Duration.ofDays(3));
  private static final Instant JUST_NOW = ClinicScene.NOW.minusSeconds(10);

  private final ClinicScene scene = complete(clinic("clinic1"));

  @Test
  void tellsSinceWhenWhichAgentIsConnected() {
    assertSays(Reason.NeverConnected, ConditionStatus.False, "Install the site kit");

    agent("ts_1", LONG_AGO);
    bind("ep_1", WEB, "ts_1");

    assertSays(
        Reason.AgentConnected,
        ConditionStatus.True,
        "An agent is connected: since 2026-02-26T00:00:00Z, version 3.39.7, region us.");
    assertThat(scene.decide().status().agents()).hasSize(1);
    assertThat(scene.decide().agents()).isEqualTo(new AgentFacts(true, 1, true, false, 0, false));
  }

  @Test
  void warnsOfAgentsThatAreTooOld() {
    agent("ts_1", LONG_AGO);
    bind("ep_1", WEB, "ts_1");
    assertThat(Warnings.in(online(scene).message())).isEmpty();

    scene.ngrok.put(
        Resource.TUNNEL_SESSIONS,
        new TunnelSession(
            "ts_1",
            "3.30.0",
            new Ref("cr_1", ""),
            "198.51.100.7",
            "linux",
            "us",
            LONG_AGO.toString(),
            ours()));

    assertSays(Reason.AgentConnected, ConditionStatus.True, "version 3.30.0");
    assertThat(Warnings.in(online(scene).message()))
        .containsExactly(
            "agents of version 3.30.0 are older than 3.36.1 and have known errors. Update the agent"
                + " at the site");
  }

  @Test
  void anAgentThatWasConnectedIsOffline() {
    Condition before =
        new Condition("AgentOnline", ConditionStatus.True, 1L, "2026-01-01T00:00:00Z", "x", "");

    ClinicScene offline = complete(clinic("clinic1").status(status(List.of(before), null)));

    assertThat(online(offline).reason()).isEqualTo(Reason.AgentOffline);
  }

  @Test
  void afterAQuarantineTheNewSiteKitIsToBeInstalled() {
    Condition before =
        new Condition(
            "AgentOnline", ConditionStatus.False, 1L, "2026-01-01T00:00:00Z", "Quarantined", "");

    ClinicScene released = complete(clinic("clinic1").status(status(List.of(before), null)));

    assertThat(online(released).reason()).isEqualTo(Reason.NeverConnected);
  }

  @Test
  void tellsThatTheAccountDoesNotHaveTheAddressThatTheAgentDials() {
    ClinicScene dialing = complete(clinic("clinic1").connectURL("connect.acme.com:443"));
    assertThat(online(dialing).reason()).isEqualTo(Reason.ConnectURLUnknown);

    dialing.ngrok.put(Resource.AGENT_INGRESSES, new AgentIngress("ai_1", "connect.acme.com"));

    assertThat(online(dialing).reason()).isEqualTo(Reason.NeverConnected);
  }

  @Test
  void anEndpointOfTheSiteKitIsMissingOnceItsAgentHasHadTheTime() {
    agent("ts_1", JUST_NOW);
    assertSays(Reason.AgentConnected, ConditionStatus.True, "An agent is connected");
    assertThat(scene.decide().requeueAt()).contains(JUST_NOW.plus(Duration.ofMinutes(2)));

    agent("ts_1", LONG_AGO);

    assertSays(Reason.EndpointsMissing, ConditionStatus.True, "Not bound: " + WEB + ".");
    assertThat(scene.decide().requeueAt()).isEmpty();
  }

  @Test
  void nothingIsMissingWhileNoSiteKitIsPublished() {
    ClinicScene suspended = complete(clinic("clinic1").suspended());
    agent(suspended, "ts_1", LONG_AGO, ours());

    assertThat(online(suspended).reason()).isEqualTo(Reason.AgentConnected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://shop.clinic1.internal", "https://dashboard.clinic1.com"})
  void anEndpointThatNoManifestAsksForIsUnexpected(String url) {
    agent("ts_1", LONG_AGO);
    bind("ep_1", WEB, "ts_1");
    bind("ep_2", url, "ts_1");

    assertSays(
        Reason.UnexpectedEndpoint,
        ConditionStatus.True,
        "Unexpected: " + url + " (ep_2, session ts_1)",
        "Install the present site kit",
        "clinicnet.dev/quarantine=true");
    assertThat(scene.decide().agents().unexpectedEndpoints()).isEqualTo(1);
  }

  @Test
  void theUrlThatAServiceMovesAwayFromIsExpected() {
    ClinicScene moving = scene("https://old.clinic1.internal");
    agent(moving, "ts_1", LONG_AGO, ours());
    bind(moving, "ep_1", WEB, "ts_1");
    bind(moving, "ep_2", "https://old.clinic1.internal", "ts_1");

    assertThat(online(moving).reason()).isEqualTo(Reason.AgentConnected);
  }

  @Test
  void theAgentsOwnApiIsExpected() {
    ClinicScene api = complete(clinic("clinic1").shared("*.api.com").agentAPI("a.api.com"));
    agent(api, "ts_1", LONG_AGO, ours());
    bind(api, "ep_1", WEB, "ts_1");
    bind(api, "ep_2", "https://agent-api.clinic1.internal", "ts_1");

    assertThat(online(api).reason()).isEqualTo(Reason.AgentConnected);
  }

  @Test
  void somebodyElsesAgentAtTheClinicsUrlIsUnexpected() {
    session(scene, "ts_9", "cr_9", LONG_AGO, null);
    bind("ep_9", WEB, "ts_9");
    assertSays(
        Reason.UnexpectedEndpoint,
        ConditionStatus.False,
        "No agent is connected.",
        WEB + " (ep_9, session ts_9)");

    bind("ep_9", WEB, "ts_of_an_agent_that_is_not_listed_yet");

    assertSays(Reason.NeverConnected, ConditionStatus.False, "Install the site kit");
  }

  @Test
  void whoeverRunsNoSiteKitOfTheClinicIsUnexpected() {
    bind("ep_1", WEB, "ts_1");
    for (String metadata :
        new String[] {
          null,
          "anything",
          new AgentMetadata("clinics/clinic2", "i", "hash").toJson(),
          new AgentMetadata("clinics/clinic1", "another instance", "hash").toJson()
        }) {
      session(scene, "ts_1", "cr_1", JUST_NOW, metadata);

      assertSays(
          Reason.UnexpectedAgent,
          ConditionStatus.True,
          "session ts_1 from 198.51.100.7 with this Clinic's authtoken",
          "clinicnet.dev/quarantine=true");
    }
  }

  @Test
  void moreAgentsThanAllowedAreUnexpectedUnlessOneOnlyComesBack() {
    agent("ts_1", LONG_AGO);
    bind("ep_1", WEB, "ts_1");
    agent("ts_2", JUST_NOW);
    assertSays(Reason.AgentConnected, ConditionStatus.True, "2 agents are connected: since");
    assertThat(scene.decide().requeueAt()).contains(JUST_NOW.plus(Duration.ofMinutes(2)));

    agent("ts_2", LONG_AGO);

    assertSays(Reason.UnexpectedAgent, ConditionStatus.True, "more than spec.agent.redundant");
    ClinicScene redundant = complete(clinic("clinic1").redundant());
    agent(redundant, "ts_1", LONG_AGO, ours());
    agent(redundant, "ts_2", LONG_AGO, ours());
    bind(redundant, "ep_1", WEB, "ts_2");
    assertThat(online(redundant).reason()).isEqualTo(Reason.AgentConnected);
  }

  @Test
  void aFloodOfSessionsFitsIntoAStatus() {
    for (int i = 0; i < 1000; i++) {
      session(scene, "ts_" + i, "cr_1", JUST_NOW, null);
    }

    ClinicDecision decision = scene.decide();

    assertThat(decision.status().agents()).hasSize(50);
    assertThat(decision.agents().agents()).isEqualTo(1000);
    assertSays(Reason.UnexpectedAgent, ConditionStatus.True, "1000 agents", "and 996 more");
  }

  @Test
  void aSiteKitIsInstalledOnceAnAgentUsesItsToken() {
    assertThat(siteKit(scene)).isEqualTo(Reason.SiteKitNotInstalled);
    assertThat(scene.decide().status().authtoken().firstUsedAt()).isNull();

    agent("ts_1", LONG_AGO);

    assertThat(siteKit(scene)).isEqualTo(Reason.SiteKitInstalled);
    assertThat(scene.decide().status().authtoken().firstUsedAt()).isEqualTo("2026-03-01T00:00:00Z");
  }

  @Test
  void aSiteKitThatWasInstalledIsNotForgottenWhileItsAgentIsAway() {
    ClinicScene used = complete(clinic("clinic1").status(status(null, "2026-01-02T00:00:00Z")));

    assertThat(siteKit(used)).isEqualTo(Reason.NoAgent);
    assertThat(used.decide().status().authtoken().firstUsedAt()).isEqualTo("2026-01-02T00:00:00Z");
  }

  @Test
  void aNewTokenHasToBeInstalledAgain() {
    ClinicScene rotated = complete(clinic("clinic1").status(status(null, "2026-01-02T00:00:00Z")));
    rotated.credential("cr_2", rotated.mark().withNonce("m")).secret("cr_2", null);
    session(rotated, "ts_1", "cr_1", LONG_AGO, ours());

    assertThat(siteKit(rotated)).isEqualTo(Reason.SiteKitNotInstalled);
    assertThat(rotated.decide().status().authtoken().firstUsedAt()).isNull();

    session(rotated, "ts_2", "cr_2", LONG_AGO.minusSeconds(1), ours());
    assertThat(siteKit(rotated)).isEqualTo(Reason.SiteKitOutdated);
    session(rotated, "ts_2", "cr_2", JUST_NOW, ours());
    assertThat(siteKit(rotated)).isEqualTo(Reason.SiteKitInstalled);
  }

  @Test
  void theNewestAgentTellsWhichSiteKitTheSiteRuns() {
    String old = new AgentMetadata("clinics/clinic1", "i", "old").toJson();
    agent("ts_1", LONG_AGO);
    session(scene, "ts_2", "cr_1", JUST_NOW, old);
    assertThat(siteKit(scene)).isEqualTo(Reason.SiteKitOutdated);

    session(scene, "ts_1", "cr_1", LONG_AGO, old);
    agent("ts_2", JUST_NOW);
    assertThat(siteKit(scene)).isEqualTo(Reason.SiteKitInstalled);
  }

  private void assertSays(Reason reason, ConditionStatus status, String... words) {
    Verdict verdict = online(scene);
    assertThat(verdict.reason()).isEqualTo(reason);
    assertThat(verdict.status()).isEqualTo(status);
    assertThat(verdict.message()).contains(words);
  }

  private static Verdict online(ClinicScene of) {
    return of.decide().assessment().get(ConditionType.AgentOnline).orElseThrow();
  }

  private static Reason siteKit(ClinicScene of) {
    return of.decide().assessment().get(ConditionType.SiteKitCurrent).orElseThrow().reason();
  }

  private void agent(String id, Instant since) {
    agent(scene, id, since, ours());
  }

  private static void agent(ClinicScene at, String id, Instant since, String metadata) {
    session(at, id, "cr_1", since, metadata);
  }

  /** The metadata of an agent that runs the present site kit. */
  private String ours() {
    String hash = complete(clinic("clinic1")).decide().status().siteKit().configHash();
    return new AgentMetadata("clinics/clinic1", "i", hash).toJson();
  }

  private static void session(
      ClinicScene at, String id, String credential, Instant since, String metadata) {
    at.ngrok.put(
        Resource.TUNNEL_SESSIONS,
        new TunnelSession(
            id,
            "3.39.7",
            new Ref(credential, ""),
            "198.51.100.7",
            "linux",
            "us",
            since.toString(),
            metadata));
  }

  private void bind(String id, String url, String session) {
    bind(scene, id, url, session);
  }

  private static void bind(ClinicScene at, String id, String url, String session) {
    at.ngrok.put(
        Resource.ENDPOINTS,
        new Endpoint(
            id,
            null,
            "ephemeral",
            url,
            null,
            false,
            null,
            null,
            null,
            "name",
            null,
            new Ref(session, ""),
            null,
            null));
  }

  private static ClinicScene complete(ClinicBuilder builder) {
    return complete(builder, service("web").build());
  }

  private static ClinicScene scene(String formerURL) {
    return complete(
        clinic("clinic1"),
        service("web").status(serviceStatus().internalURL(formerURL).build()).build());
  }

  private static ClinicScene complete(ClinicBuilder builder, ClinicService web) {
    Clinic built = builder.build();
    ClinicScene scene = ClinicScene.of(built).service(web).user().secret("cr_1", null);
    List<String> acl = AgentPermissions.of(scene.observe());
    scene.credential("cr_1", scene.mark().withNonce("n"), acl.toArray(String[]::new));
    return scene;
  }

  private static ClinicStatus status(List<Condition> conditions, String firstUsedAt) {
    AuthtokenStatus authtoken =
        new AuthtokenStatus(
            "cr_1", "2026-01-01T00:00:00Z", List.of(), null, firstUsedAt, null, null);
    return clinicStatus().conditions(conditions).authtoken(authtoken).build();
  }
}
