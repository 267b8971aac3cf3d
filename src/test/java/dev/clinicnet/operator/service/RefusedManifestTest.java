package dev.clinicnet.operator.service;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static dev.clinicnet.operator.service.ServiceScene.NOW;
import static dev.clinicnet.operator.session.SessionBuilder.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.api.v1alpha1.OnRevoked;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.claim.ServiceBuilder;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.endpoint.PublicEndpoint;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.ContentHash;
import dev.clinicnet.operator.policy.Forward;
import dev.clinicnet.operator.policy.TrafficPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A manifest that is refused while the endpoint of generation 1 is up. */
class RefusedManifestTest {
  private static final String HOST = "web.api.com";
  private static final String URL = "https://" + HOST;
  private static final String INTERNAL = "https://web.clinic1.internal";
  private static final String OFFICE = "203.0.113.0/24";
  private static final String HOME = "198.51.100.0/24";

  /** Refused for what only the operator sees. */
  private static final String BROKEN =
      "{on_http_request: [{actions: [{type: forward-internal, config: {url: 'https://x.internal'}}]}]}";

  @Test
  void theConditionSaysWhichPolicyIsInForceAndWhatIsNarrowerIsPutInFront() {
    ServiceScene scene = up(broken().allow(OFFICE));

    assertThat(scene.steps()).containsExactly("update endpoints " + URL);
    assertThat(policyOfTheOnlyStep(scene)).contains("generation 2, refused: restrict addresses");
    assertThat(theOnlyStep(scene).cause()).as("suspend may hold it back").isEqualTo(Cause.MANIFEST);
    assertThat(accepted(scene).reason()).isEqualTo(Reason.Invalid);
    assertThat(accepted(scene).message())
        .contains("spec.trafficPolicy")
        .endsWith(" The policy of generation 1 stays in force.");
    assertThat(scene.decide().assessment().ready().message()).isEqualTo(accepted(scene).message());
  }

  @Test
  void whatStandsInFrontIsNamedAndNotSentAgain() {
    ServiceScene before = up(broken().allow(OFFICE));
    String narrowed = policyOfTheOnlyStep(before);
    ServiceScene scene = scene(broken().allow(OFFICE), narrowed, 1L);

    assertThat(scene.steps()).isEmpty();
    assertThat(accepted(scene).message())
        .endsWith(
            " The policy of generation 1 stays in force; in front of it: generation 2, refused:"
                + " restrict addresses.");
    assertThat(scene.decide().status().endpoint().generation()).isEqualTo(1L);
  }

  @Test
  void whatOpensIsHeldBack() {
    assertThat(up(broken()).steps()).as("no addresses").isEmpty();
    assertThat(up(broken().allow(OFFICE, HOME, "192.0.2.0/24")).steps()).isEmpty();
    assertThat(up(broken().allow("0.0.0.0/0")).steps()).isEmpty();
  }

  @Test
  void aLongRefusalLeavesRoomForWhatIsInForce() {
    ServiceScene scene =
        up(
            service("web")
                .https(HOST)
                .trafficPolicy("{on_http_request: [{actions: [{type: " + "x".repeat(1500) + "}]}]}")
                .internalURL("https://" + "x".repeat(1500) + ".elsewhere.internal"));

    assertThat(accepted(scene).message())
        .hasSizeLessThanOrEqualTo(1024)
        .endsWith("… The policy of generation 1 stays in force.");
  }

  @Test
  void whatIsNotGrantedIsNarrowedAndClosed() {
    Grant none = new Grant(Optional.of("default"), "clinics", OnRevoked.Retain, List.of());
    ServiceScene narrower = up(service("web").https(HOST).allow(OFFICE)).granted(none);
    ServiceScene onDemand = up(service("web").https(HOST).onDemand()).granted(none);

    for (ServiceScene scene : List.of(narrower, onDemand)) {
      assertThat(accepted(scene).reason()).isEqualTo(Reason.NotGranted);
    }
    assertThat(policyOfTheOnlyStep(narrower)).contains("refused: restrict addresses");
    assertThat(onDemand.steps()).containsExactly("delete endpoints " + URL);
  }

  @Test
  void whatIsNoLongerExposedIsTakenDownThoughTheRestIsBroken() {
    ServiceScene invalid = up(service("web").internalURL("https://web.elsewhere.internal"));
    ServiceScene orphan = up(service("web")).in(null);
    ServiceScene refused =
        up(service("web")).in(clinic("clinic1").status(ServiceScene.accepted(false)).build());

    assertThat(accepted(invalid).reason()).isEqualTo(Reason.Invalid);
    for (ServiceScene scene : List.of(invalid, orphan, refused)) {
      assertThat(scene.steps()).containsExactly("delete endpoints " + URL);
      assertThat(scene.decide().assessment().ready().message()).doesNotContain("in force");
    }
  }

  @Test
  void onDemandWithoutASessionClosesAndWithOneEndsInTime() {
    String end = NOW.plus(Duration.ofHours(1)).toString();
    ServiceScene shut = up(broken().onDemand());
    ServiceScene open = up(broken().onDemand()).session(session("s1").accepted(end).build());

    assertThat(shut.steps()).containsExactly("delete endpoints " + URL);
    assertThat(policyOfTheOnlyStep(open)).contains("generation 2, refused: deny after " + end);
    assertThat(theOnlyStep(open).cause()).isEqualTo(Cause.CLOSING);
  }

  @Test
  void aReferenceThatIsMissingAndAClinicThatIsMissingOrRefusedDoNotKeepItOpen() {
    ServiceBuilder noSecret =
        service("web")
            .https(HOST)
            .access(
                "{allowCIDRs: ['%s'], basicAuth: {secretRef: {name: users}}}".formatted(OFFICE));
    ServiceBuilder narrower = service("web").https(HOST).allow(OFFICE);

    for (ServiceScene scene :
        List.of(
            up(noSecret),
            up(narrower).in(null),
            up(narrower).in(clinic("clinic1").status(ServiceScene.accepted(false)).build()))) {
      assertThat(policyOfTheOnlyStep(scene)).contains("refused: restrict addresses");
      assertThat(refs(scene).message()).endsWith(" The policy of generation 1 stays in force.");
    }
  }

  /** Its Clinic waits for the new domain, and no manifest wants the old one. */
  @Test
  void whatLeavesADomainThatItsClinicHasGivenUpIsTakenDown() {
    ClinicBuilder waiting = clinic("clinic1").status(ServiceScene.accepted(false));
    ServiceScene moved = up(service("web").https("new.other.com"));
    ServiceScene stays = up(service("web").https(HOST));

    assertThat(moved.in(waiting.exclusive("new.other.com").build()).steps())
        .containsExactly("delete endpoints " + URL);
    assertThat(stays.in(waiting.build()).steps()).isEmpty();
  }

  @Test
  void whatAnEarlierPassSaidDoesNotGrow() {
    Verdict said =
        Verdict.no(Reason.Invalid, "It is broken. The policy of generation 1 stays in force.");
    String policy = policy(List.of(OFFICE, HOME));
    List<Condition> before =
        new Assessment().put(ConditionType.Accepted, said).conditions(List.of(), 2L, NOW);
    ClinicServiceStatus last = status(before, ContentHash.of(policy), echo(policy), 1L);
    ServiceScene scene =
        ServiceScene.of(broken().generation(2).status(last).build())
            .in(clinic("clinic1").status(ServiceScene.accepted(false)).build());
    scene.endpoint("ep_1", URL, scene.mark(), policy);

    assertThat(accepted(scene)).isEqualTo(said);
    assertThat(refs(scene).message()).endsWith(" The policy of generation 1 stays in force.");
  }

  @Test
  void aClinicThatWasNotLookedAtYetChangesNothing() {
    ServiceScene scene = up(service("web").https(HOST).allow(OFFICE)).in(clinic("clinic1").build());

    assertThat(scene.steps()).isEmpty();
    assertThat(refs(scene).message()).doesNotContain("in force");
  }

  @Test
  void aHostThatIsAnothersDoesNotKeepTheOldOneOpen() {
    ServiceScene scene =
        up(service("web").https("other.api.com").allow(OFFICE))
            .endpoint("ep_2", "https://other.api.com", null, policy(List.of()));

    assertThat(accepted(scene).reason()).isEqualTo(Reason.EndpointNotOwned);
    assertThat(policyOfTheOnlyStep(scene)).contains("refused: restrict addresses");
    assertThat(accepted(scene).message()).endsWith(" The policy of generation 1 stays in force.");
  }

  @Test
  void whatLeadsAstrayIsClosedAndNotNarrowed() {
    String astray =
        new PolicyOf(List.of()).forwardingTo("https://web.clinic2.internal", "clinic2.internal");
    ServiceScene scene = scene(broken().allow(OFFICE), astray, 1L);

    assertThat(policyOfTheOnlyStep(scene)).contains("quarantine: deny everything");
    assertThat(accepted(scene).message()).doesNotContain("in force");
  }

  @Test
  void theGenerationIsSaidAsFarAsItIsKnown() {
    ServiceScene old = scene(broken(), policy(List.of(OFFICE)), null);
    ServiceScene same = scene(broken(), policy(List.of(OFFICE)), 2L);

    assertThat(accepted(old).message()).endsWith(" An older policy stays in force.");
    assertThat(accepted(same).message()).endsWith(" The policy that it had stays in force.");
  }

  @Test
  void anAcceptedManifestTakesItAwayAgainAndThatIsNoDrift() {
    String narrowed = policyOfTheOnlyStep(up(broken().allow(OFFICE)));
    // The first manifest again, of which a crash kept the status from saying what was narrowed.
    ServiceBuilder first = service("web").generation(3).https(HOST).allow(OFFICE, HOME);
    String before = policy(List.of(OFFICE, HOME));
    ServiceScene scene =
        ServiceScene.of(first.status(status(ContentHash.of(before), "other", 1L)).build())
            .in(site().build())
            .domain("*.api.com");
    scene.endpoint("ep_1", URL, scene.mark(), narrowed);

    assertThat(scene.steps()).containsExactly("update endpoints " + URL);
    assertThat(theOnlyStep(scene).drift()).isEmpty();
    assertThat(policyOfTheOnlyStep(scene)).isEqualTo(before);
  }

  @Test
  void whatIsInForceIsOfTheAcceptedGeneration() {
    ServiceScene scene =
        scene(
            service("web").generation(3).https(HOST).allow(OFFICE, HOME),
            policy(List.of(OFFICE, HOME)),
            1L);

    assertThat(scene.steps()).isEmpty();
    assertThat(scene.decide().status().endpoint().generation()).isEqualTo(3L);
  }

  private static ServiceBuilder broken() {
    return service("web").https(HOST).trafficPolicy(BROKEN);
  }

  /** The endpoint admits the office and the home, as generation 1 asked. */
  private static ServiceScene up(ServiceBuilder builder) {
    return scene(builder, policy(List.of(OFFICE, HOME)), 1L);
  }

  private static ServiceScene scene(ServiceBuilder builder, String policy, Long generation) {
    ServiceScene scene =
        ServiceScene.of(
                builder
                    .generation(builder.build().getMetadata().getGeneration() == 1L ? 2 : 3)
                    .status(status(ContentHash.of(policy), echo(policy), generation))
                    .build())
            .in(site().build())
            .domain("*.api.com");
    return scene.endpoint("ep_1", URL, scene.mark(), policy);
  }

  private static ClinicServiceStatus status(String sent, String echo, Long generation) {
    return status(null, sent, echo, generation);
  }

  private static ClinicServiceStatus status(
      List<Condition> conditions, String sent, String echo, Long generation) {
    return serviceStatus()
        .conditions(conditions)
        .internalURL(INTERNAL)
        .publicURL(URL)
        .endpoint(new EndpointStatus("ep_1", sent, echo, generation))
        .deletionPolicy(DeletionPolicy.Delete)
        .build();
  }

  private static String echo(String policy) {
    return PublicEndpoint.echoHash(
        new Endpoint(
            "ep_1", null, "cloud", URL, null, false, null, null, policy, null, null, null, null,
            null));
  }

  private static String policy(List<String> allow) {
    return new PolicyOf(allow).forwardingTo(INTERNAL, "clinic1.internal");
  }

  /** The policy of a service that admits some addresses. */
  private record PolicyOf(List<String> allow) {
    String forwardingTo(String url, String domain) {
      ServiceScene scene =
          ServiceScene.of(service("web").https(HOST).allow(allow.toArray(String[]::new)).build())
              .in(site().build());
      TrafficPolicy policy =
          ServicePolicy.of(scene.observe()).forwardingTo(new Forward(url, domain));
      return policy.toJson();
    }
  }

  private static ClinicBuilder site() {
    return clinic("clinic1").shared("*.api.com").status(ServiceScene.accepted(true));
  }

  private static Step.Update<?, ?> theOnlyStep(ServiceScene scene) {
    List<Step> steps = scene.decide().steps();
    assertThat(steps).singleElement().isInstanceOf(Step.Update.class);
    assertThat(steps.get(0).isOn(Resource.ENDPOINTS)).isTrue();
    return (Step.Update<?, ?>) steps.get(0);
  }

  private static String policyOfTheOnlyStep(ServiceScene scene) {
    return PublicEndpoint.policySent(theOnlyStep(scene));
  }

  private static Verdict accepted(ServiceScene scene) {
    return scene.decide().assessment().get(ConditionType.Accepted).orElseThrow();
  }

  private static Verdict refs(ServiceScene scene) {
    return scene.decide().assessment().get(ConditionType.ResolvedRefs).orElseThrow();
  }
}
