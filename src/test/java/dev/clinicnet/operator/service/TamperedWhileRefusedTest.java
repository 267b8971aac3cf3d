package dev.clinicnet.operator.service;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static dev.clinicnet.operator.session.SessionBuilder.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.AddressStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.api.v1alpha1.OnDemandStatus;
import dev.clinicnet.operator.api.v1alpha1.VaultSecretStatus;
import dev.clinicnet.operator.claim.ServiceBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.endpoint.PublicEndpoint;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.ContentHash;
import dev.clinicnet.operator.policy.DenyAll;
import dev.clinicnet.operator.policy.Forward;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Changes by hand at ngrok of a service whose manifest is refused. */
class TamperedWhileRefusedTest {
  private static final String HOST = "web.api.com";
  private static final String URL = "https://" + HOST;
  private static final String INTERNAL = "https://web.clinic1.internal";
  private static final String GOOD = policy("203.0.113.0/24", "198.51.100.0/24");
  private static final String BARE = policy();
  private static final String BROKEN =
      "{on_http_request: [{actions: [{type: forward-internal, config: {url: 'https://x.internal'}}]}]}";

  @Test
  void aPolicyThatWasReplacedLetsNobodyInAndIsNotCalledTheLastOne() {
    ServiceScene scene = up(broken(), GOOD, BARE);

    Step step = theOnlyStep(scene);
    assertThat(PublicEndpoint.policySent(step)).isEqualTo(DenyAll.at(URL).toJson());
    assertThat(step.cause()).as("Report and suspend hold it back").isEqualTo(Cause.DRIFT);
    assertThat(step.drift())
        .singleElement()
        .hasToString(
            "traffic_policy of endpoints %s: found policy %s instead of policy %s"
                .formatted(URL, ContentHash.of(BARE), ContentHash.of(GOOD)));
    assertThat(accepted(scene))
        .doesNotContain("in force")
        .endsWith("The policy at ngrok is none of the operator's: somebody changed it by hand.");
    assertThat(scene.decide().left()).isEmpty();
  }

  @Test
  void whatLetsNobodyInIsLeft() {
    String deny = DenyAll.at(URL).toJson();
    ServiceScene closed = up(broken(), deny, deny);
    ServiceScene byHand = up(broken(), GOOD, deny);
    ServiceScene again = up(broken(), deny, BARE);

    for (ServiceScene scene : List.of(closed, byHand)) {
      assertThat(scene.steps()).isEmpty();
      assertThat(accepted(scene)).doesNotContain("in force");
    }
    assertThat(theOnlyStep(again).drift()).hasSize(1);
  }

  @Test
  void whatTheOperatorHasPutInFrontIsNoDriftThoughTheStatusDoesNotSayIt() {
    String narrowed =
        PublicEndpoint.policySent(theOnlyStep(up(broken().allow("203.0.113.0/24"), GOOD, GOOD)));
    ServiceScene crashed = up(broken().allow("203.0.113.0/24"), GOOD, narrowed);
    ServiceScene replacedBehindIt =
        up(
            broken().allow("203.0.113.0/24"),
            GOOD,
            narrowed.replace("198.51.100.0/24", "0.0.0.0/0"));

    assertThat(crashed.steps()).isEmpty();
    assertThat(accepted(crashed)).contains("The policy of generation 1 stays in force; in front");
    assertThat(theOnlyStep(replacedBehindIt).drift()).hasSize(1);
  }

  @Test
  void aStatusThatDoesNotKnowTheEndpointIsNoProof() {
    ServiceScene scene =
        ServiceScene.of(broken().generation(2).build())
            .in(clinic("clinic1").shared("*.api.com").status(ServiceScene.accepted(true)).build());
    scene.endpoint("ep_1", URL, scene.mark(), BARE);

    assertThat(scene.steps()).isEmpty();
    assertThat(accepted(scene)).endsWith("An older policy stays in force.");
  }

  @Test
  void theEndOfASessionIsNotHeldBackWithIt() {
    String end = ServiceScene.NOW.plus(Duration.ofHours(1)).toString();
    ServiceScene scene = up(broken().onDemand(), GOOD, BARE);
    scene.session(session("s1").accepted(end).build());

    assertThat(theOnlyStep(scene).cause()).isEqualTo(Cause.CLOSING);
    assertThat(theOnlyStep(scene).drift()).hasSize(1);
  }

  @Test
  void aDeletedEndpointIsToldAndNotMadeAgain() {
    ServiceScene scene = refused(broken(), GOOD);
    ServiceScene unlisted = refused(broken(), GOOD);
    unlisted.observe();
    unlisted.inventory.doubt(Resource.ENDPOINTS);
    ServiceScene unexposed = refused(service("web").internalURL("https://web.x.internal"), GOOD);

    assertThat(scene.steps()).isEmpty();
    assertThat(scene.decide().left())
        .containsExactly(Drift.deleted(Resource.ENDPOINTS, URL, "ep_1"));
    assertThat(ServiceDecision.decide(unlisted.observeUnswept()).left()).isEmpty();
    assertThat(unexposed.decide().left()).isEmpty();
  }

  @Test
  void aDeletedEndpointOfAMissingOrRefusedClinicIsToldToo() {
    ServiceScene orphan = refused(service("web").https(HOST), GOOD).in(null);
    ServiceScene refused =
        refused(service("web").https(HOST), GOOD)
            .in(clinic("clinic1").status(ServiceScene.accepted(false)).build());
    ServiceScene fresh = refused(service("web").https(HOST), GOOD).in(clinic("clinic1").build());

    for (ServiceScene scene : List.of(orphan, refused)) {
      assertThat(scene.decide().left()).hasSize(1);
    }
    assertThat(fresh.decide().left()).as("not looked at yet").isEmpty();
  }

  @Test
  void everyFieldOfTheEndpointIsTold() {
    ServiceScene scene = refused(broken(), GOOD);
    scene.ngrok.put(
        Resource.ENDPOINTS,
        new Endpoint(
            "ep_1",
            null,
            "cloud",
            "https://other.api.com",
            List.of("internal"),
            true,
            "hands off",
            null,
            GOOD,
            null,
            null,
            null,
            null,
            null));

    assertThat(scene.steps()).isEmpty();
    assertThat(scene.decide().left())
        .extracting(Drift::field)
        .containsExactly("url", "bindings", "pooling_enabled", "description", "metadata");
  }

  @Test
  void anAddressAndVaultSecretsAreToldToo() {
    ServiceScene scene =
        ServiceScene.of(
                service("web")
                    .tcp()
                    .trafficPolicy(BROKEN)
                    .generation(2)
                    .status(
                        status(
                            GOOD,
                            new AddressStatus("ra_1", "1.tcp:1", "n"),
                            List.of(
                                new VaultSecretStatus("one", "vs_1"),
                                new VaultSecretStatus("two", "vs_2"))))
                    .build())
            .in(clinic("clinic1").shared("*.api.com").status(ServiceScene.accepted(true)).build())
            .vault("v_1", VaultNames.vault("i"), Mark.shared("i"));
    scene.vaultSecret("vs_2", "v_1", "renamed", null);

    assertThat(scene.steps()).isEmpty();
    assertThat(scene.decide().left())
        .extracting(Drift::what)
        .containsExactly(
            "endpoints " + URL + " (deleted)",
            "reserved_addrs 1.tcp:1 (deleted)",
            "vault_secrets one (deleted)",
            "name of vault_secrets two",
            "metadata of vault_secrets two");
  }

  @Test
  void whileItIsAcceptedNothingIsLeft() {
    ServiceScene scene =
        refused(service("web").https(HOST).allow("203.0.113.0/24"), GOOD).domain("*.api.com");

    assertThat(scene.decide().left()).isEmpty();
    assertThat(theOnlyStep(scene).drift()).hasSize(1);
  }

  private static ServiceBuilder broken() {
    return service("web").https(HOST).trafficPolicy(BROKEN);
  }

  /**
   * The endpoint is there.
   *
   * @param sent the policy that the operator wrote last
   * @param listed the one that is there
   */
  private static ServiceScene up(ServiceBuilder builder, String sent, String listed) {
    ServiceScene scene = refused(builder, sent);
    return scene.endpoint("ep_1", URL, scene.mark(), listed);
  }

  /** The status says that the endpoint is there. */
  private static ServiceScene refused(ServiceBuilder builder, String sent) {
    return ServiceScene.of(builder.generation(2).status(status(sent, null, List.of())).build())
        .in(clinic("clinic1").shared("*.api.com").status(ServiceScene.accepted(true)).build());
  }

  private static ClinicServiceStatus status(
      String sent, AddressStatus address, List<VaultSecretStatus> secrets) {
    return serviceStatus()
        .internalURL(INTERNAL)
        .publicURL(URL)
        .address(address)
        .endpoint(new EndpointStatus("ep_1", ContentHash.of(sent), ContentHash.of(sent), 1L))
        .deletionPolicy(DeletionPolicy.Delete)
        .vaultSecrets(secrets)
        .onDemand(new OnDemandStatus(List.of("s1"), null, null))
        .build();
  }

  private static String policy(String... allow) {
    ServiceScene scene =
        ServiceScene.of(service("web").https(HOST).allow(allow).build())
            .in(clinic("clinic1").shared("*.api.com").build());
    return ServicePolicy.of(scene.observe())
        .forwardingTo(new Forward(INTERNAL, "clinic1.internal"))
        .toJson();
  }

  private static Step theOnlyStep(ServiceScene scene) {
    List<Step> steps = scene.decide().steps();
    assertThat(steps).hasSize(1);
    return steps.get(0);
  }

  private static String accepted(ServiceScene scene) {
    return scene.decide().assessment().get(ConditionType.Accepted).orElseThrow().message();
  }
}
