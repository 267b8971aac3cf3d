package dev.clinicnet.operator.service;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static dev.clinicnet.operator.service.ServiceScene.NOW;
import static dev.clinicnet.operator.service.ServiceScene.accepted;
import static dev.clinicnet.operator.session.SessionBuilder.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.api.v1alpha1.OnDemandStatus;
import dev.clinicnet.operator.claim.ServiceBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A service that sessions open. */
class OnDemandTest {
  private static final String HOST = "web.api.com";
  private static final String URL = "https://web.api.com";
  private static final String LATER = NOW.plus(Duration.ofHours(1)).toString();
  private static final String MUCH_LATER = NOW.plus(Duration.ofHours(2)).toString();

  @Test
  void nobodyOpensIt() {
    ServiceScene scene = ServiceScene.of(web().build()).in(site()).domain("*.api.com");

    assertThat(scene.steps()).isEmpty();
    assertThat(programmed(scene).reason()).isEqualTo(Reason.NoOpenSession);
    assertThat(scene.decide().status().onDemand()).isNull();
  }

  @Test
  void anAcceptedSessionOpensItWithAnEnd() {
    ServiceScene scene =
        ServiceScene.of(web().build())
            .in(site())
            .domain("*.api.com")
            .session(session("s1").accepted(LATER).build());

    assertThat(scene.steps()).containsExactly("create endpoints " + URL);
    assertThat(policyOfTheOnlyStep(scene)).contains("timestamp(time.now) >= timestamp('" + LATER);
    assertThat(scene.decide().requeueAt()).contains(Instant.parse(LATER));
  }

  @Test
  void theLastSessionDecidesWhenItEnds() {
    ServiceScene scene =
        ServiceScene.of(web().build())
            .in(site())
            .domain("*.api.com")
            .session(session("s1").open(LATER).build())
            .session(session("s2").accepted(MUCH_LATER).build());

    assertThat(policyOfTheOnlyStep(scene)).contains(MUCH_LATER).doesNotContain(LATER);
    assertThat(scene.decide().requeueAt()).as("when s1 leaves").contains(Instant.parse(LATER));
  }

  @Test
  void neitherRefusedNorExpiredNorTerminatingNorNewSessionsCount() {
    ServiceScene scene =
        ServiceScene.of(web().build())
            .in(site())
            .domain("*.api.com")
            .session(session("new").build())
            .session(session("closed").closed(LATER).build())
            .session(session("expired").open(NOW.toString()).build())
            .session(session("going").open(LATER).terminating().build());

    assertThat(scene.steps()).isEmpty();
  }

  @Test
  void whatIsOpenIsSaidOnceItIs() {
    ServiceScene scene = opened(web().status(status(null)), "s1", LATER);

    assertThat(scene.steps()).isEmpty();
    assertThat(programmed(scene).reason()).isEqualTo(Reason.SessionOpen);
    assertThat(scene.decide().status().onDemand())
        .isEqualTo(new OnDemandStatus(List.of("s1"), LATER, null));
    assertThat(scene.decide().status().publicURL()).isEqualTo(URL);
  }

  @Test
  void itClosesAfterTheLastSessionAndUntilThenTheSessionIsNamed() {
    ServiceScene scene = open(web().status(status(LATER)));

    Step close = scene.decide().steps().get(0);
    assertThat(close).hasToString("delete endpoints " + URL);
    assertThat(close.cause()).isEqualTo(Cause.CLOSING);
    assertThat(scene.decide().status().onDemand().sessions()).containsExactly("s1");
    scene.inventory.deleted(Resource.ENDPOINTS, "ep_1");
    assertThat(ServiceDecision.decide(scene.observeUnswept()).status().onDemand()).isNull();
  }

  @Test
  void aShorterEndIsClosing() {
    ServiceScene scene =
        open(web().status(status(MUCH_LATER))).session(session("s2").open(LATER).build());

    assertThat(scene.decide().steps().get(0).cause()).isEqualTo(Cause.CLOSING);
    assertThat(scene.decide().status().onDemand().openUntil())
        .as("as ngrok has it")
        .isEqualTo(MUCH_LATER);
  }

  @Test
  void itClosesThoughItIsRefused() {
    ServiceBuilder refused = web().https("elsewhere.com").status(status(LATER));
    ServiceScene scene = open(refused);

    assertThat(scene.decide().assessment().fails(ConditionType.Accepted)).isTrue();
    assertThat(scene.steps()).containsExactly("delete endpoints " + URL);
  }

  @Test
  void itClosesThoughItsClinicIsMissingOrRefused() {
    assertThat(open(web().status(status(LATER))).in(null).steps())
        .containsExactly("delete endpoints " + URL);
    assertThat(
            open(web().status(status(LATER)))
                .in(clinic("clinic1").status(accepted(false)).build())
                .steps())
        .containsExactly("delete endpoints " + URL);
  }

  @Test
  void itClosesWithoutAnyListOfTheAccount() {
    ServiceObservation unseen =
        ServiceScene.of(web().status(status(LATER)).build()).in(site()).observeUnswept();

    assertThat(EndpointDecision.closeUnseen(unseen))
        .singleElement()
        .hasToString("delete endpoints " + URL);
    unseen.inventory().deleted(Resource.ENDPOINTS, "ep_1");
    assertThat(LastStatus.unseen(unseen).onDemand()).isNull();
    assertThat(LastStatus.unseen(unseen).endpoint().id())
        .as("until it is listed")
        .isEqualTo("ep_1");
  }

  @Test
  void anOpenOneStaysOpenWithoutAnyListOfTheAccount() {
    ServiceObservation unseen =
        ServiceScene.of(web().status(status(LATER)).build())
            .in(site())
            .session(session("s1").open(LATER).build())
            .observeUnswept();

    assertThat(EndpointDecision.closeUnseen(unseen)).isEmpty();
    assertThat(LastStatus.unseen(unseen).onDemand().sessions()).containsExactly("s1");
  }

  @Test
  void anAddressIsReservedBeforeAnybodyOpensIt() {
    ServiceScene scene = ServiceScene.of(service("db").tcp().onDemand().build()).in(site());

    assertThat(scene.steps()).containsExactly("create reserved_addrs for ClinicService clinics/db");
    scene.addr("ra_1", "1.tcp.ngrok.io:20000", scene.mark());
    assertThat(scene.steps()).isEmpty();
    assertThat(scene.decide().status().address().addr()).isEqualTo("1.tcp.ngrok.io:20000");
    scene.session(session("s1").of("db").accepted(LATER).build());
    assertThat(scene.steps()).containsExactly("create endpoints tcp://1.tcp.ngrok.io:20000");
  }

  @Test
  void aDeletedServiceClosesThoughAllElseIsRetained() {
    Clinic retaining =
        clinic("clinic1").deletionPolicy(DeletionPolicy.Retain).status(accepted(true)).build();
    ServiceScene scene =
        open(web().status(status(LATER)).terminating())
            .in(retaining)
            .session(session("s1").open(LATER).build());

    assertThat(ServiceScene.text(ServiceDeletion.decide(scene.observe()).steps()))
        .containsExactly("delete endpoints " + URL);
  }

  private static ServiceBuilder web() {
    return service("web").https(HOST).onDemand();
  }

  private static Clinic site() {
    return clinic("clinic1").shared("*.api.com").status(accepted(true)).build();
  }

  /** The endpoint is there, with some policy. */
  private static ServiceScene open(ServiceBuilder service) {
    ServiceScene scene = ServiceScene.of(service.build()).in(site()).domain("*.api.com");
    return scene.endpoint("ep_1", URL, scene.mark(), "{}");
  }

  /** The endpoint is there as the session asks for it. */
  private static ServiceScene opened(ServiceBuilder service, String name, String until) {
    ServiceScene scene =
        ServiceScene.of(service.build())
            .in(site())
            .domain("*.api.com")
            .session(session(name).accepted(until).build());
    return scene.endpoint("ep_1", URL, scene.mark(), policyOfTheOnlyStep(scene));
  }

  private static String policyOfTheOnlyStep(ServiceScene scene) {
    Step step = scene.decide().steps().get(0);
    return ((Endpoint.Create) ((Step.Create<?, ?>) step).body()).trafficPolicy();
  }

  private static Verdict programmed(ServiceScene scene) {
    return scene.decide().assessment().get(ConditionType.Programmed).orElseThrow();
  }

  private static ClinicServiceStatus status(String openUntil) {
    return serviceStatus()
        .publicURL(openUntil == null ? null : URL)
        .endpoint(openUntil == null ? null : new EndpointStatus("ep_1", null, null))
        .onDemand(openUntil == null ? null : new OnDemandStatus(List.of("s1"), openUntil, null))
        .build();
  }
}
