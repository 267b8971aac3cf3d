package dev.clinicnet.operator.service;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.agent.AgentMetadata;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceSpec;
import dev.clinicnet.operator.api.v1alpha1.OnDemand;
import dev.clinicnet.operator.api.v1alpha1.OnDemandStatus;
import dev.clinicnet.operator.api.v1alpha1.Via;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Ref;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.TunnelSession;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The verdicts on a service's internal endpoint. EndpointDecisionTest tests its target. */
class InternalEndpointTest {
  private static final String WEB = "https://web.clinic1.internal";
  private static final String KIT = new AgentMetadata("a/clinic1", "i", "hash").toJson();

  @Test
  void tellsSinceWhenItIsBound() {
    ServiceScene scene = ServiceScene.of(service("web").build()).in(clinic("clinic1").build());
    scene.ngrok.put(Resource.ENDPOINTS, bound("ep_2", "2026-02-02T00:00:00Z"));
    scene.ngrok.put(Resource.ENDPOINTS, bound("ep_1", "2026-02-01T00:00:00Z"));

    assertThat(InternalEndpoint.of(scene.observe()).online().message())
        .isEqualTo("An agent binds " + WEB + " since 2026-02-01T00:00:00Z.");
  }

  @Test
  void oneThatTheAgentsApiStartsNeedNotBeBoundWhileNoSessionIsOpen() {
    assertThat(reason(Via.AgentAPI, null)).isEqualTo(Reason.StartedOnDemand);
    assertThat(reason(Via.AgentAPI, new OnDemandStatus(null, null, null)))
        .isEqualTo(Reason.StartedOnDemand);
    assertThat(reason(Via.AgentAPI, new OnDemandStatus(List.of("s"), null, "web")))
        .isEqualTo(Reason.NeverBound);
    assertThat(reason(Via.CloudEndpoint, null)).isEqualTo(Reason.NeverBound);
  }

  @Test
  void oneThatSessionsStartMovesBetweenThem() {
    String former = "https://old.clinic1.internal";

    assertThat(observed(Via.AgentAPI, null, former).url()).isEqualTo(WEB);
    assertThat(observed(Via.AgentAPI, new OnDemandStatus(null, null, "web"), former).url())
        .isEqualTo(former);
    assertThat(observed(Via.CloudEndpoint, null, former).url()).isEqualTo(former);
  }

  @Test
  void whatIsBoundForAnotherServiceIsNotForwardedTo() {
    ServiceScene scene =
        ServiceScene.of(service("shop").internalURL(WEB).https("shop.api.com").build())
            .in(ServiceDecisionTest.acceptedClinic())
            .domain("*.api.com");
    scene.ngrok.put(Resource.ENDPOINTS, bound("ep_1", null));

    assertThat(scene.steps()).as("nothing is opened").isEmpty();
    assertThat(scene.decide().assessment().get(ConditionType.Programmed))
        .hasValueSatisfying(
            verdict -> {
              assertThat(verdict.reason()).isEqualTo(Reason.WaitingForName);
              assertThat(verdict.message())
                  .isEqualTo(
                      "An agent binds https://web.clinic1.internal for ClinicService web still, so"
                          + " that nobody is let in: install the present site kit at every agent of"
                          + " the Clinic.");
            });
  }

  /** In a file that people wrote, an endpoint has any name. */
  @Test
  void theNameOfAnEndpointCountsOnlyInASiteKit() {
    for (String metadata : new String[] {null, "our own words", KIT}) {
      ServiceScene scene =
          ServiceScene.of(service("shop").internalURL(WEB).build()).in(clinic("clinic1").build());
      scene.ngrok.put(Resource.ENDPOINTS, bound("ep_1", null));
      scene.ngrok.put(
          Resource.TUNNEL_SESSIONS,
          new TunnelSession("ts_1", null, new Ref("cr_1", ""), null, null, null, null, metadata));

      InternalEndpoint internal = InternalEndpoint.of(scene.observe());

      assertThat(internal.taken().isPresent())
          .as("metadata %s", metadata)
          .isEqualTo(KIT.equals(metadata));
      assertThat(internal.online().isTrue()).isEqualTo(!KIT.equals(metadata));
    }
  }

  @Test
  void ofAnExchangeItIsSaidWhatIsToCome() {
    ClinicService web = moving("web", "https://b.clinic1.internal", WEB);
    ClinicService other = moving("other", WEB, "https://b.clinic1.internal");
    ServiceScene scene =
        ServiceScene.of(web).sibling(other).in(ServiceDecisionTest.acceptedClinic());
    scene.ngrok.put(Resource.ENDPOINTS, bound("ep_1", null));

    InternalEndpoint endpoint = InternalEndpoint.of(scene.observe());
    assertThat(endpoint.url()).isEqualTo(WEB);
    assertThat(endpoint.online().message())
        .isEqualTo(
            "An agent binds https://web.clinic1.internal. The new https://b.clinic1.internal is"
                + " exchanged with ClinicService clinics/other: the new site kit has"
                + " https://web-moving.clinic1.internal in between, and the one after it has the"
                + " new URL.");
  }

  @Test
  void ofAChainItIsSaidForWhomItWaits() {
    ClinicService web = moving("web", "https://b.clinic1.internal", WEB);
    ClinicService other =
        moving("other", "https://c.clinic1.internal", "https://b.clinic1.internal");
    ServiceScene scene =
        ServiceScene.of(web).sibling(other).in(ServiceDecisionTest.acceptedClinic());
    scene.ngrok.put(Resource.ENDPOINTS, bound("ep_1", null));

    assertThat(InternalEndpoint.of(scene.observe()).online().message())
        .endsWith(
            "The new https://b.clinic1.internal waits for ClinicService clinics/other, which has it"
                + " until the new site kit.");
  }

  private static ClinicService moving(String name, String wanted, String present) {
    return service(name)
        .internalURL(wanted)
        .status(
            serviceStatus().internalURL(present).internalBoundAt("2026-01-01T00:00:00Z").build())
        .build();
  }

  private static Reason reason(Via via, OnDemandStatus open) {
    return observed(via, open, WEB).online().reason();
  }

  /** A service that was bound at {@code former}, if that differs from the wanted URL. */
  private static InternalEndpoint observed(Via via, OnDemandStatus open, String former) {
    ClinicService service = service("web").https("a.com", "/").onDemand().build();
    ClinicServiceSpec spec = service.getSpec();
    service.setSpec(
        new ClinicServiceSpec(
            spec.clinicRef(),
            spec.upstream(),
            spec.internalURL(),
            spec.expose(),
            spec.availability(),
            new OnDemand(via, null, false),
            spec.access(),
            spec.trafficPolicy()));
    service.setStatus(
        serviceStatus()
            .internalURL(former)
            .internalBoundAt(former.equals(WEB) ? null : "2026-01-01T00:00:00Z")
            .onDemand(open)
            .build());
    ServiceScene scene = ServiceScene.of(service).in(clinic("clinic1").build());
    return InternalEndpoint.of(scene.observe());
  }

  private static Endpoint bound(String id, String createdAt) {
    return new Endpoint(
        id,
        createdAt,
        "ephemeral",
        WEB,
        null,
        true,
        null,
        null,
        null,
        "web",
        null,
        new Ref("ts_1", ""),
        null,
        null);
  }
}
