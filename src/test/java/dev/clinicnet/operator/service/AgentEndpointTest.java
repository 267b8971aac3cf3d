package dev.clinicnet.operator.service;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static dev.clinicnet.operator.service.ServiceScene.NOW;
import static dev.clinicnet.operator.session.SessionBuilder.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.AgentAPIStatus;
import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.api.v1alpha1.OnDemand;
import dev.clinicnet.operator.api.v1alpha1.OnDemandStatus;
import dev.clinicnet.operator.api.v1alpha1.Via;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.claim.InternalURLs;
import dev.clinicnet.operator.claim.ServiceBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.AgentNote;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A service whose sessions are opened at the agent too. */
class AgentEndpointTest {
  private static final String URL = "https://web.api.com";
  private static final String INTERNAL = "https://web.clinic1.internal";
  private static final String START = "start " + INTERNAL + " at the agent";
  private static final String STOP = "stop " + INTERNAL + " at the agent";
  private static final String CREATE = "create endpoints " + URL;
  private static final String DELETE = "delete endpoints " + URL;
  private static final String LATER = NOW.plus(Duration.ofHours(1)).toString();
  private static final OnDemand THROUGH_THE_AGENT = new OnDemand(Via.AgentAPI, "8h", false);

  @Test
  void nothingIsAskedOfTheAgentBetweenSessionsAndTheSiteKitDoesNotHaveIt() {
    ServiceScene scene = scene(web());

    assertThat(scene.steps()).isEmpty();
    assertThat(scene.decide().status().onDemand()).isNull();
    var asked = web().build();
    assertThat(InternalURLs.bound(site().build(), List.of(asked))).isEmpty();
  }

  @Test
  void theAgentStartsBeforeTheEdgeOpens() {
    ServiceScene scene = scene(web()).session(session("s1").accepted(LATER).build());

    assertThat(scene.steps()).containsExactly(START);
    Step.StartAgentEndpoint start = (Step.StartAgentEndpoint) scene.decide().steps().get(0);
    assertThat(start.agent().host()).isEqualTo("agent.api.com");
    assertThat(start.name()).isEqualTo("web");
    assertThat(start.upstreamURL()).isEqualTo("http://192.168.1.100:8080");
    started(scene);
    assertThat(ServiceScene.text(unswept(scene).steps())).containsExactly(CREATE);
  }

  @Test
  void whatIsOpenAsItIsToBeNeedsNothing() {
    ServiceScene scene = open();

    assertThat(scene.steps()).isEmpty();
    assertThat(scene.decide().status().onDemand())
        .isEqualTo(new OnDemandStatus(List.of("s1"), LATER, "web"));
    assertThat(programmed(scene).reason()).isEqualTo(Reason.SessionOpen);
  }

  @Test
  void anAgentThatHasForgottenItIsAskedAgainWhileTheEdgeStaysOpen() {
    ServiceScene scene = open();
    scene.ngrok.delete(Resource.ENDPOINTS, "ep_agent_" + INTERNAL, null);

    assertThat(scene.steps()).containsExactly(START);
    assertThat(scene.decide().status().onDemand().sessions())
        .as("the session is open all the same")
        .containsExactly("s1");
  }

  @Test
  void anotherUpstreamIsStartedInThePlaceOfTheOld() {
    ServiceScene scene =
        scene(web().status(status("web")))
            .session(session("s1").accepted(LATER).build())
            .started(INTERNAL, "of another upstream");

    assertThat(scene.steps()).containsExactly(STOP, START);
    assertThat(scene.decide().steps().get(0).cause()).isEqualTo(Cause.MANIFEST);
  }

  @Test
  void whatSomebodyElseStartedThereIsTakenAndStoppedAfterwards() {
    ServiceScene scene =
        scene(web()).session(session("s1").accepted(LATER).build()).bound(INTERNAL);

    assertThat(scene.steps()).containsExactly(CREATE);
    assertThat(scene.decide().status().onDemand().agentEndpoint()).isEqualTo("web");
  }

  @Test
  void theEdgeClosesFirstAndThenTheAgent() {
    ServiceScene scene = open();
    scene.session(session("s1").open(LATER).build());
    ServiceScene over =
        scene(web().status(status("web")))
            .endpoint("ep_1", URL, scene.mark(), "{}")
            .started(INTERNAL, "any");

    assertThat(over.steps()).containsExactly(DELETE, STOP);
    assertThat(over.decide().steps()).allMatch(step -> step.cause() == Cause.CLOSING);
    assertThat(over.decide().status().onDemand().agentEndpoint()).isEqualTo("web");
    over.inventory.note(Resource.ENDPOINTS, Keys.name(INTERNAL), AgentNote.STOPPED);
    assertThat(ServiceScene.text(unswept(over).steps())).containsExactly(DELETE);
    assertThat(unswept(over).status().onDemand().agentEndpoint()).isNull();
  }

  @Test
  void anAgentThatIsGoneHasNothingToStop() {
    ServiceScene over = scene(web().status(status("web")));

    assertThat(over.steps()).isEmpty();
    assertThat(over.decide().status().onDemand()).isNull();
    assertThat(programmed(over).reason()).isEqualTo(Reason.NoOpenSession);
  }

  @Test
  void anAgentThatWasAskedAndDidNotAnswerMayHaveIt() {
    ServiceScene over = scene(web().status(status("web")));
    over.observe();
    over.inventory.note(Resource.ENDPOINTS, Keys.name(INTERNAL), AgentNote.ASKED);

    assertThat(ServiceScene.text(unswept(over).steps())).containsExactly(STOP);
    assertThat(unswept(over).status().onDemand().agentEndpoint()).isEqualTo("web");
  }

  @Test
  void aStrayIsStoppedThoughNobodyRemembersIt() {
    assertThat(scene(web()).bound(INTERNAL).steps()).containsExactly(STOP);
    assertThat(scene(web()).bound(INTERNAL).agentSession("cr_1").steps()).containsExactly(STOP);
  }

  @Test
  void whatTheAgentOfAnotherBindsIsNotOursToStop() {
    assertThat(scene(web()).bound(INTERNAL).agentSession("cr_foreign").steps()).isEmpty();
  }

  @Test
  void itClosesWithoutAnyListOfTheAccount() {
    ServiceObservation unseen =
        ServiceScene.of(web().status(status("web")).build()).in(site().build()).observeUnswept();

    assertThat(ServiceScene.text(EndpointDecision.closeUnseen(unseen))).containsExactly(DELETE);
    assertThat(ServiceScene.text(AgentEndpointDecision.closeUnseen(unseen))).containsExactly(STOP);
    assertThat(LastStatus.unseen(unseen).onDemand().agentEndpoint()).isEqualTo("web");
  }

  @Test
  void withoutTheAgentsAPINothingOpensAndWhatIsLeftIsSaid() {
    Clinic notYet = site().status(ServiceScene.accepted(true)).build();
    ServiceScene opening = scene(web()).in(notYet).session(session("s1").accepted(LATER).build());
    assertThat(opening.steps()).isEmpty();
    assertThat(programmed(opening).reason()).isEqualTo(Reason.WaitingForAgentAPI);

    ServiceScene closing = scene(web().status(status("web"))).in(notYet).bound(INTERNAL);
    assertThat(closing.steps()).isEmpty();
    assertThat(programmed(closing).reason()).isEqualTo(Reason.WaitingForAgentAPI);
    assertThat(programmed(closing).message()).contains("nobody forwards to");
  }

  @Test
  void aClinicWithoutAnAgentAPIIsNamedWithTheRemedy() {
    Clinic without =
        clinic("clinic1").shared("*.api.com").status(ServiceScene.accepted(true)).build();
    ServiceScene scene = scene(web()).in(without);

    Verdict accepted = scene.decide().assessment().get(ConditionType.Accepted).orElseThrow();
    assertThat(accepted.reason()).isEqualTo(Reason.AgentAPIMissing);
    assertThat(accepted.message()).contains("spec.onDemand.via", "spec.agent.api", "CloudEndpoint");
  }

  @Test
  void aServiceThatIsOpenedOtherwiseForgetsTheAgent() {
    ServiceScene scene =
        scene(service("web").https("web.api.com").onDemand().status(status("web"))).bound(INTERNAL);

    assertThat(scene.steps()).isEmpty();
    assertThat(scene.decide().status().onDemand()).isNull();
  }

  @Test
  void aMovedInternalURLIsLeftWhereItIsUntilItIsStopped() {
    ServiceBuilder moved = web().internalURL("https://new.clinic1.internal");
    assertThat(scene(moved.status(status("web"))).bound(INTERNAL).steps()).containsExactly(STOP);

    ServiceScene again = scene(moved.status(status(null)));
    assertThat(again.decide().status().internalURL()).isEqualTo("https://new.clinic1.internal");
    assertThat(again.session(session("s1").accepted(LATER).build()).steps())
        .containsExactly("start https://new.clinic1.internal at the agent");
  }

  @Test
  void aDeletedServiceWaitsForItsAgentButNotForEver() {
    ServiceScene scene = scene(web().status(status("web")).terminating()).bound(INTERNAL);
    scene.at(java.time.Instant.parse("2026-02-01T00:04:00Z"));
    assertThat(ServiceDeletion.decide(scene.observe()).remaining()).containsExactly(STOP);

    scene.at(java.time.Instant.parse("2026-02-01T00:05:00Z"));
    assertThat(ServiceDeletion.decide(scene.observe()).remaining()).isEmpty();
  }

  @Test
  void aClinicThatGoesHasClosedTheWay() {
    Clinic going = site().terminating().build();
    ServiceScene scene = scene(web().status(status("web"))).in(going).bound(INTERNAL);

    assertThat(scene.steps()).isEmpty();
    assertThat(scene.decide().status().onDemand().agentEndpoint()).isEqualTo("web");
  }

  /** Notes a success of the agent, like the runner. */
  private static void started(ServiceScene scene) {
    Step.StartAgentEndpoint start = (Step.StartAgentEndpoint) scene.decide().steps().get(0);
    scene.inventory.note(Resource.ENDPOINTS, Keys.name(INTERNAL), start.fingerprint());
  }

  private static ServiceDecision unswept(ServiceScene scene) {
    return ServiceDecision.decide(scene.observeUnswept());
  }

  private static ServiceScene open() {
    ServiceScene opening =
        scene(web().status(status("web"))).session(session("s1").accepted(LATER).build());
    String fingerprint = ((Step.StartAgentEndpoint) opening.decide().steps().get(0)).fingerprint();
    opening.started(INTERNAL, fingerprint);
    Endpoint.Create cloud =
        (Endpoint.Create) ((Step.Create<?, ?>) opening.decide().steps().get(0)).body();
    return opening.endpoint("ep_1", URL, opening.mark(), cloud.trafficPolicy());
  }

  private static ServiceBuilder web() {
    return service("web").https("web.api.com").onDemand(THROUGH_THE_AGENT);
  }

  private static ServiceScene scene(ServiceBuilder service) {
    return ServiceScene.of(service.build()).in(site().build()).domain("*.api.com");
  }

  private static ClinicBuilder site() {
    ClinicStatus accepted = ServiceScene.accepted(true);
    return clinic("clinic1")
        .shared("*.api.com")
        .agentAPI("agent.api.com")
        .status(
            clinicStatus()
                .conditions(accepted.conditions())
                .authtoken(new AuthtokenStatus("cr_1", null, null, null, null, null, null))
                .agentAPI(new AgentAPIStatus(new EndpointStatus("ep_api", null, null), "s", null))
                .build());
  }

  private static Verdict programmed(ServiceScene scene) {
    return scene.decide().assessment().get(ConditionType.Programmed).orElseThrow();
  }

  private static ClinicServiceStatus status(String agentEndpoint) {
    return serviceStatus()
        .internalURL(INTERNAL)
        .publicURL(URL)
        .endpoint(new EndpointStatus("ep_1", null, null))
        .onDemand(new OnDemandStatus(List.of("s1"), LATER, agentEndpoint))
        .build();
  }
}
