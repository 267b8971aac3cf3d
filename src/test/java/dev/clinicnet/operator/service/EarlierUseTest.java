package dev.clinicnet.operator.service;

import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.AddressStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.claim.ServiceBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.AccessPolicy;
import dev.clinicnet.operator.policy.Forwards;
import dev.clinicnet.operator.policy.PolicyBuilder;
import dev.clinicnet.operator.policy.TrafficPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects without a full mark that are in use are used further without a write. */
class EarlierUseTest {
  private static final String ADOPT = "clinicnet.dev/adopt";
  private static final String HOST = "web.api.com";
  private static final String ADDRESS = "9.tcp:9";
  private static final TrafficPolicy POLICY =
      PolicyBuilder.https(
          AccessPolicy.ofAddresses(List.of(), List.of()),
          List.of(),
          Map.of(),
          Forwards.to("https://web.clinic1.internal"));

  /** Its mark does not say that it was adopted; the annotation does, as long as it is there. */
  @ParameterizedTest
  @CsvSource({"ep_1, true", "ep_2, false"})
  void anAdoptedEndpointStaysAsItIs(String annotation, boolean kept) {
    // Given
    ServiceScene scene =
        scene(service("web").https(HOST).annotation(ADOPT, annotation), "https://" + HOST, null);
    pooled(scene, scene.mark());
    // Then
    assertThat(scene.steps().isEmpty()).isEqualTo(kept);
    List<Step> deletion = ServiceDeletion.decide(scene.observe()).steps();
    assertThat(ServiceScene.text(deletion))
        .containsExactly((kept ? "update" : "delete") + " endpoints https://" + HOST);
    if (kept) {
      Endpoint.Update changes = (Endpoint.Update) ((Step.Update<?, ?>) deletion.get(0)).changes();
      assertThat(changes.metadata()).isEqualTo(scene.mark().adopting().retained().text());
    }
  }

  @Test
  void anAdoptedEndpointThatLostItsMarkIsMarkedAsAdopted() {
    // Given
    ServiceScene scene =
        scene(service("web").https(HOST).annotation(ADOPT, "ep_1"), "https://" + HOST, null);
    pooled(scene, null);
    // Then
    assertThat(scene.decide().steps())
        .singleElement()
        .isInstanceOfSatisfying(
            Step.Update.class,
            update ->
                assertThat(update.changes())
                    .isEqualTo(
                        new Endpoint.Update(
                            null, null, null, null, scene.mark().adopting().text(), null)));
  }

  /** An address without a mark, that the status names with the endpoint, or for sessions. */
  @ParameterizedTest
  @CsvSource({
    "always,    listens,  there,   Accepted",
    "always,    listens,  missing, Accepted",
    "always,    named,    missing, AddressNotOwned",
    "on demand, named,    missing, Accepted",
    "on demand, unknown,  missing, AddressNotOwned",
  })
  void anAddressThatWasInUseIsUsedOn(
      String availability, String status, String endpoint, Reason reason) {
    // Given
    ServiceBuilder db = service("db").tcp(null, ADDRESS);
    AddressStatus known =
        status.equals("unknown") ? null : new AddressStatus("ra_9", ADDRESS, null);
    ServiceScene scene =
        scene(
            availability.equals("always") ? db : db.onDemand(),
            status.equals("listens") ? "tcp://" + ADDRESS : null,
            known);
    scene.addr("ra_9", ADDRESS, null);
    if (endpoint.equals("there")) {
      scene.endpoint("ep_1", "tcp://" + ADDRESS, scene.mark(), null);
    }
    // Then
    assertThat(scene.decide().assessment().get(ConditionType.Accepted).orElseThrow().reason())
        .isEqualTo(reason);
  }

  /** The status of the service has an address of another region than its manifest asks for. */
  @ParameterizedTest
  @CsvSource({"true, 'update endpoints tcp://9.tcp:9'", "false, 'create reserved_addrs for '"})
  void anAddressOfAnotherRegionStaysWhereClientsKnowIt(boolean listens, String step) {
    // Given
    ServiceScene scene =
        scene(
            service("db").tcp("eu", null),
            listens ? "tcp://" + ADDRESS : null,
            new AddressStatus("ra_9", ADDRESS, "n"));
    scene.addr("ra_9", ADDRESS, scene.mark().withNonce("n"));
    if (listens) {
      scene.endpoint("ep_1", "tcp://" + ADDRESS, scene.mark(), null);
    }
    // Then
    assertThat(scene.steps()).singleElement().asString().startsWith(step);
    assertThat(
            scene.decide().assessment().get(ConditionType.Programmed).stream()
                .map(Verdict::message)
                .filter(message -> message.contains(ADDRESS + " in region us, so it stays")))
        .hasSize(listens ? 1 : 0);
  }

  /** An endpoint with settings that somebody made by hand. */
  private static void pooled(ServiceScene scene, Mark mark) {
    scene.ngrok.put(
        Resource.ENDPOINTS,
        new Endpoint(
            "ep_1",
            null,
            "cloud",
            "https://" + HOST,
            List.of("public"),
            true,
            "made by Ann",
            mark == null ? "made by Ann" : mark.text(),
            POLICY.toJson(),
            null,
            null,
            null,
            null,
            null));
  }

  private static ServiceScene scene(
      ServiceBuilder builder, String publicURL, AddressStatus address) {
    ClinicServiceStatus last =
        serviceStatus()
            .publicURL(publicURL)
            .address(address)
            .endpoint(publicURL == null ? null : new EndpointStatus("ep_1", POLICY.hash(), "e"))
            .deletionPolicy(DeletionPolicy.Delete)
            .build();
    return ServiceScene.of(builder.status(last).build())
        .in(ServiceDecisionTest.acceptedClinic())
        .domain("*.api.com");
  }
}
