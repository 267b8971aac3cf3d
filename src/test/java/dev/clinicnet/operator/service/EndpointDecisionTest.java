package dev.clinicnet.operator.service;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.claim.ServiceBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.grant.AdmittingGrants;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.AccessPolicy;
import dev.clinicnet.operator.policy.ContentHash;
import dev.clinicnet.operator.policy.DenyAll;
import dev.clinicnet.operator.policy.Forwards;
import dev.clinicnet.operator.policy.PolicyBuilder;
import dev.clinicnet.operator.policy.TrafficPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointDecisionTest {
  private static final String URL = "https://web.api.com";
  private static final String INTERNAL = "https://web.clinic1.internal";
  private static final TrafficPolicy POLICY =
      PolicyBuilder.https(
          AccessPolicy.ofAddresses(List.of(), List.of()),
          List.of(),
          Map.of(),
          Forwards.to(INTERNAL));
  private static final TrafficPolicy OLD =
      PolicyBuilder.https(
          AccessPolicy.ofAddresses(List.of(), List.of()),
          List.of("/old"),
          Map.of(),
          Forwards.to(INTERNAL));

  /** The listed policy, the last sent one, and the platform's answer to it. */
  @ParameterizedTest
  @CsvSource({
    "as sent,    wanted, as sent,    ''",
    "laid out,   wanted, as sent,    ''",
    "normalised, wanted, normalised, ''",
    "edited,     wanted, as sent,    DRIFT",
    "edited,     wanted, normalised, DRIFT",
    "removed,    wanted, as sent,    DRIFT",
    "old,        old,    old,        MANIFEST",
    "edited,     old,    old,        MANIFEST",
    "as sent,    none,   none,       ''",
    "edited,     none,   none,       MANIFEST",
  })
  void tellsDriftFromAChangeOfOursAndFromWhatThePlatformNormalises(
      String listed, String sent, String echoed, String cause) {
    // Given
    EndpointStatus last =
        sent.equals("none")
            ? null
            : new EndpointStatus(
                "ep_1", (sent.equals("old") ? OLD : POLICY).hash(), ContentHash.of(text(echoed)));
    ServiceScene scene = scene(service("web"), last, URL);
    scene.endpoint("ep_1", URL, scene.mark(), text(listed));
    // When
    List<Step> steps = scene.decide().steps();
    // Then
    if (cause.isEmpty()) {
      assertThat(steps).isEmpty();
    } else {
      assertThat(steps)
          .singleElement()
          .isInstanceOfSatisfying(
              Step.Update.class,
              update -> {
                assertThat(update.cause()).isEqualTo(Cause.valueOf(cause));
                assertThat(((Endpoint.Update) update.changes()).trafficPolicy())
                    .isEqualTo(POLICY.toJson());
              });
    }
  }

  @Test
  void anEndpointThatIsGoneIsDriftOnceItWasThere() {
    EndpointStatus last = new EndpointStatus("ep_1", POLICY.hash(), "e");

    assertThat(scene(service("web"), last, URL).decide().steps())
        .extracting(Step::cause)
        .containsExactly(Cause.DRIFT);
    assertThat(scene(service("web"), null, null).decide().steps())
        .extracting(Step::cause)
        .containsExactly(Cause.MANIFEST);
  }

  @Test
  void anotherHostMovesTheEndpoint() {
    // Given
    ServiceScene scene =
        scene(
            service("web"), new EndpointStatus("ep_1", POLICY.hash(), "e"), "https://old.api.com");
    scene.endpoint("ep_1", "https://old.api.com", scene.mark(), POLICY.toJson());
    // Then
    assertThat(changes(scene).url()).isEqualTo(URL);
    assertThat(changes(scene).trafficPolicy()).isNull();
    assertThat(scene.decide().steps().get(0).cause()).isEqualTo(Cause.MANIFEST);
  }

  @Test
  void anEndpointThatSomebodyMovedIsDrift() {
    // Given
    ServiceScene scene = scene(service("web"), new EndpointStatus("ep_1", POLICY.hash(), "e"), URL);
    scene.endpoint("ep_1", "https://elsewhere.api.com", scene.mark(), POLICY.toJson());
    // Then
    assertThat(scene.decide().steps()).extracting(Step::cause).containsExactly(Cause.DRIFT);
  }

  @Test
  void anotherSchemeMakesANewEndpointBeforeTheOldOneGoes() {
    // Given
    ServiceScene scene = scene(service("web"), new EndpointStatus("ep_1", "p", "e"), "tcp://1:1");
    scene.endpoint("ep_1", "tcp://1:1", scene.mark(), null);
    // Then
    assertThat(scene.steps())
        .containsExactly("create endpoints " + URL, "delete endpoints tcp://1:1");
  }

  @Test
  void duplicatesGoAndTheOneAtTheURLStays() {
    // Given
    ServiceScene scene = scene(service("web"), null, null);
    scene
        .endpoint("ep_1", "https://other.api.com", scene.mark(), null)
        .endpoint("ep_2", URL, scene.mark(), POLICY.toJson())
        .endpoint("ep_3", "tcp://1:1", scene.mark(), null);
    // Then
    assertThat(scene.steps())
        .containsExactly("delete endpoints https://other.api.com", "delete endpoints tcp://1:1");
  }

  @Test
  void aRetainedEndpointIsMadeActiveAgain() {
    // Given
    ServiceScene scene = scene(service("web"), null, null);
    scene.endpoint("ep_1", URL, scene.mark().retained(), POLICY.toJson());
    // Then
    assertThat(changes(scene).metadata()).isEqualTo(scene.mark().text());
  }

  @Test
  void aURLWhoseHolderIsMovingAwayIsWaitedForAndTheOwnOldOneIsFreed() {
    // Given
    Mark other = Mark.of("i", new Owner("ClinicService", "x", "y"), "uid", "z");
    ServiceScene scene = scene(service("web"), null, null).endpoint("ep_9", URL, other, "{}");
    scene.others.add(service("y").namespace("x").clinic("z").https("elsewhere.api.com").build());
    scene.endpoint("ep_1", "https://old.api.com", scene.mark(), "{}");
    // When
    ServiceDecision decision = scene.decide();
    // Then
    assertThat(decision.assessment().get(ConditionType.Programmed).orElseThrow().reason())
        .isEqualTo(Reason.WaitingForName);
    assertThat(ServiceScene.text(decision.steps()))
        .containsExactly("delete endpoints https://old.api.com");
  }

  @Test
  void aMarkedEndpointIsNeverAdoptedAndItsHolderHandsItOver() {
    // Given
    Mark other = Mark.of("i", new Owner("ClinicService", "x", "y"), "uid", "z");
    ServiceScene adopting =
        scene(service("web").annotation("clinicnet.dev/adopt", "ep_9"), null, null)
            .granted(AdmittingGrants.adopting("web.api.com"))
            .endpoint("ep_9", URL, other, "{}");
    ServiceScene given = scene(service("web"), null, null).endpoint("ep_9", URL, other, "{}");
    given.others.add(
        service("y")
            .namespace("x")
            .clinic("z")
            .annotation("clinicnet.dev/hand-over-to", "clinics/web")
            .build());
    // Then
    assertThat(adopting.decide().steps()).isEmpty();
    assertThat(accepted(adopting).reason()).isEqualTo(Reason.EndpointNotOwned);
    assertThat(accepted(adopting).message()).doesNotContain("ep_9", "x/y");
    assertThat(changes(given).metadata()).isEqualTo(given.mark().text());
    assertThat(changes(given).trafficPolicy()).isEqualTo(POLICY.toJson());
  }

  @Test
  void anEndpointWithoutAMarkIsAdoptedWithAGrantAndLetsNobodyInWhenItsServiceGoes() {
    // Given
    ServiceBuilder builder = service("web").annotation("clinicnet.dev/adopt", "ep_9");
    ServiceScene granted =
        scene(builder, null, null)
            .granted(AdmittingGrants.adopting("web.api.com"))
            .endpoint("ep_9", URL, null, "{}");
    ServiceScene trusted = scene(builder, null, null).endpoint("ep_9", URL, null, "{}");
    // Then
    assertThat(trusted.decide().steps()).isEmpty();
    assertThat(accepted(trusted).message()).contains("grant").doesNotContain("ep_9");
    assertThat(changes(granted).metadata()).isEqualTo(granted.mark().adopting().text());

    assertThat(changes(granted).trafficPolicy()).isEqualTo(POLICY.toJson());

    String byHand = POLICY.toJson().replace("\"name\":\"forward\",", "");
    assertThat(byHand).isNotEqualTo(POLICY.toJson());
    granted.endpoint("ep_9", URL, null, byHand);
    assertThat(changes(granted).trafficPolicy()).as("it differs in form only").isNull();
    granted.endpoint("ep_9", URL, granted.mark().adopting(), byHand);
    assertThat(granted.decide().steps()).isEmpty();

    granted.endpoint("ep_9", URL, granted.mark().adopting(), POLICY.toJson());
    assertThat(ServiceScene.text(ServiceDeletion.decide(granted.observe()).steps()))
        .containsExactly("update endpoints " + URL);
    granted.granted(AdmittingGrants.adoptingForGood("web.api.com"));
    assertThat(ServiceScene.text(ServiceDeletion.decide(granted.observe()).steps()))
        .containsExactly("delete endpoints " + URL);
  }

  /** No other decision holds back the end of a forward to another network. */
  @ParameterizedTest
  @CsvSource({
    "ready,       https://web.first.internal, correct",
    "ready,       https://${x}.internal,      correct",
    "no domain,   https://web.first.internal, deny",
    "refused,     https://web.first.internal, deny",
    "refused,     https://web.clinic1.internal, ''",
    "no Clinic,   https://web.first.internal, ''",
    "other holds, https://web.first.internal, deny",
    "other asks,  https://web.first.internal, ''",
  })
  void anEndpointThatForwardsOutsideItsClinicIsCorrectedOrLetsNobodyIn(
      String state, String forward, String expected) {
    // Given
    String listed = POLICY.toJson().replace(INTERNAL, forward);
    String echo = expected.isEmpty() ? ContentHash.of(listed) : "e";
    EndpointStatus last = new EndpointStatus("ep_1", POLICY.hash(), echo);
    ServiceScene scene = scene(service("web"), last, URL, state);
    scene.endpoint("ep_1", URL, scene.mark(), listed);
    // When
    List<Step> steps = scene.decide().steps();
    // Then
    if (expected.isEmpty()) {
      assertThat(steps).isEmpty();
      return;
    }
    assertThat(steps).singleElement().matches(step -> step.cause() == Cause.CLOSING);
    assertThat(changes(scene).trafficPolicy())
        .isEqualTo(expected.equals("deny") ? DenyAll.at(URL).toJson() : POLICY.toJson());
    scene.endpoint("ep_1", URL, scene.mark(), DenyAll.at(URL).toJson());
    if (expected.equals("deny")) {
      ServiceDecision done = scene.decide();
      assertThat(done.steps()).isEmpty();
      assertThat(done.assessment().get(ConditionType.Programmed).orElseThrow().reason())
          .isEqualTo(Reason.EndpointClosed);
    }
  }

  private static ServiceScene scene(
      ServiceBuilder builder, EndpointStatus last, String publicURL, String state) {
    ClinicServiceStatus status =
        serviceStatus().internalURL(INTERNAL).publicURL(publicURL).endpoint(last).build();
    ServiceScene scene = ServiceScene.of(builder.https("web.api.com").status(status).build());
    switch (state) {
      case "ready" -> scene.in(ServiceDecisionTest.acceptedClinic()).domain("*.api.com");
      case "no domain" -> scene.in(ServiceDecisionTest.acceptedClinic());
      case "refused" -> scene.in(clinic("clinic1").status(ServiceScene.accepted(false)).build());
      case "other holds" ->
          scene.others.add(
              clinic("b")
                  .internalDomain("first.internal")
                  .status(ServiceScene.accepted(true))
                  .build());
      case "other asks" ->
          scene.others.add(
              clinic("b")
                  .internalDomain("first.internal")
                  .status(ServiceScene.accepted(false))
                  .build());
      default -> scene.others.add(clinic("c").build());
    }
    return scene;
  }

  private static Verdict accepted(ServiceScene scene) {
    return scene.decide().assessment().get(ConditionType.Accepted).orElseThrow();
  }

  @Test
  void aURLOutsideThePresentInternalDomainIsForgotten() {
    // Given
    ClinicServiceStatus last =
        serviceStatus()
            .internalURL("https://web.first.internal")
            .internalBoundAt("2026-01-01T00:00:00Z")
            .publicURL(URL)
            .build();
    ServiceScene scene =
        ServiceScene.of(service("web").https("web.api.com").status(last).build())
            .in(ServiceDecisionTest.acceptedClinic());
    scene.bound("https://web.first.internal");
    // Then
    InternalEndpoint endpoint = InternalEndpoint.of(scene.observe());
    assertThat(endpoint.url()).isEqualTo(INTERNAL);
    assertThat(endpoint.boundAt()).isNull();
    assertThat(endpoint.online().reason()).isEqualTo(Reason.NeverBound);
  }

  /** The endpoint forwards to url; an agent binds what is listed. */
  @ParameterizedTest
  @CsvSource({
    "'',  false, '',      new, NeverBound",
    "'',  false, new,     new, EndpointBound",
    "old, false, '',      new, NeverBound",
    "old, false, old,     old, EndpointBound",
    "old, true,  '',      old, EndpointNotBound",
    "old, true,  old,     old, EndpointBound",
    "old, true,  new,     new, EndpointBound",
    "old, true,  old new, new, EndpointBound",
    "new, true,  '',      new, EndpointNotBound",
    "new, false, new,     new, EndpointBound",
  })
  void theForwardMovesWhenAnAgentBindsTheNewURLOrNoneEverBoundTheOld(
      String present, boolean wasBound, String bound, String expected, Reason reason) {
    // Given
    ClinicServiceStatus last =
        serviceStatus()
            .internalURL(present.isEmpty() ? null : internal(present))
            .internalBoundAt(wasBound ? "2026-01-01T00:00:00Z" : null)
            .build();
    ServiceScene scene =
        ServiceScene.of(service("web").internalURL(internal("new")).status(last).build())
            .in(ServiceDecisionTest.acceptedClinic());
    for (String url : List.of("old", "new")) {
      if (bound.contains(url)) {
        scene.bound(internal(url));
      }
    }
    // When
    InternalEndpoint endpoint = InternalEndpoint.of(scene.observe());
    // Then
    assertThat(endpoint.url()).isEqualTo(internal(expected));
    assertThat(endpoint.online().reason()).isEqualTo(reason);
    assertThat(endpoint.boundAt())
        .isEqualTo(
            reason == Reason.NeverBound
                ? null
                : wasBound && present.equals(expected)
                    ? "2026-01-01T00:00:00Z"
                    : ServiceScene.NOW.toString());
  }

  private static String internal(String name) {
    return "https://" + name + ".clinic1.internal";
  }

  private static String text(String what) {
    return switch (what) {
      case "as sent" -> POLICY.toJson();
      case "laid out" -> POLICY.toJson().replace(",", " ,\n ");
      case "normalised" -> POLICY.toJson().replaceFirst("\\{", "{\"inbound\":[],");
      case "edited" ->
          PolicyBuilder.https(
                  AccessPolicy.ofAddresses(List.of(), List.of()),
                  List.of("/x"),
                  Map.of(),
                  Forwards.to(INTERNAL))
              .toJson();
      case "old" -> OLD.toJson();
      default -> null;
    };
  }

  private static Endpoint.Update changes(ServiceScene scene) {
    List<Step> steps = scene.decide().steps();
    assertThat(steps).hasSize(1);
    return (Endpoint.Update) ((Step.Update<?, ?>) steps.get(0)).changes();
  }

  private static ServiceScene scene(ServiceBuilder builder, EndpointStatus last, String publicURL) {
    ClinicServiceStatus status =
        serviceStatus().internalURL(INTERNAL).publicURL(publicURL).endpoint(last).build();
    return ServiceScene.of(builder.https("web.api.com").status(status).build())
        .in(ServiceDecisionTest.acceptedClinic())
        .domain("*.api.com");
  }
}
