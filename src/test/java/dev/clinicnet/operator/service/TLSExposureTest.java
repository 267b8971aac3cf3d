package dev.clinicnet.operator.service;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.claim.ServiceBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.endpoint.PublicEndpoint;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.AccessPolicy;
import dev.clinicnet.operator.policy.ContentHash;
import dev.clinicnet.operator.policy.Forwards;
import dev.clinicnet.operator.policy.PolicyBuilder;
import dev.clinicnet.operator.reference.Resolved;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TLSExposureTest {
  private static final String HOST = "db.api.com";
  private static final String URL = "tls://" + HOST;
  private static final String INTERNAL = "tls://db.clinic1.internal";
  private static final Verdict MISSING = Verdict.no(Reason.ReferenceNotFound, "no Secret");
  private static final Instant LATER = Instant.parse("2026-04-01T00:00:00Z");

  @Test
  void theEndpointAdmitsWhomItShouldAndForwardsToTheTlsEndpointOfTheAgent() {
    ServiceDecision decision = scene(service("db").tls(HOST).allow("203.0.113.0/24")).decide();

    assertThat(ServiceScene.text(decision.steps())).containsExactly("create endpoints " + URL);
    Step.Create<?, ?> create = (Step.Create<?, ?>) decision.steps().get(0);
    assertThat(((Endpoint.Create) create.body()).trafficPolicy())
        .isEqualTo(
            """
            {"on_tcp_connect":[{"name":"restrict addresses","actions":[{"type":"restrict-ips",\
            "config":{"allow":["203.0.113.0/24"],"enforce":true}}]},\
            {"name":"forward","actions":[{"type":"forward-internal",\
            "config":{"url":"tls://db.clinic1.internal"}}]}]}""");
    assertThat(decision.status().internalURL()).isEqualTo(INTERNAL);
  }

  @Test
  void waitsForTheDomain() {
    ServiceScene scene = ServiceScene.of(service("db").tls(HOST).build()).in(accepted());

    assertThat(scene.steps()).isEmpty();
    assertThat(reason(scene.decide(), ConditionType.Programmed)).isEqualTo(Reason.WaitingForDomain);
  }

  @Test
  void oneHostServesHttpsOrTlsNotBoth() {
    ServiceScene scene =
        scene(service("db").tls(HOST))
            .hostService(service("web").created("2025-01-01T00:00:00Z").https(HOST, "/").build());

    assertThat(scene.steps()).isEmpty();
    Verdict verdict = scene.decide().assessment().get(ConditionType.Accepted).orElseThrow();
    assertThat(verdict.reason()).isEqualTo(Reason.HostConflict);
    assertThat(verdict.message()).startsWith("spec.expose.tls.host " + HOST + " is held by");
  }

  @Test
  void aHostThatNoDomainCoversIsRefused() {
    Verdict verdict =
        ServiceScene.of(service("db").tls("db.other.com").build())
            .in(accepted())
            .decide()
            .assessment()
            .get(ConditionType.Accepted)
            .orElseThrow();

    assertThat(verdict.reason()).isEqualTo(Reason.HostNotCovered);
    assertThat(verdict.message()).startsWith("spec.expose.tls.host db.other.com");
  }

  @Test
  void aMissingCertificateLeavesWhatIsThereUntouched() {
    String policy =
        PolicyBuilder.tls(
                AccessPolicy.ofAddresses(List.of("198.51.100.0/24"), List.of()),
                Map.of(),
                Forwards.to(INTERNAL))
            .toJson();
    ServiceScene scene =
        scene(
                service("db")
                    .tls(HOST)
                    .allow("198.51.100.0/24")
                    .status(programmed(INTERNAL, URL, ContentHash.of(policy))))
            .termination(Resolved.failed(MISSING, Optional.of(LATER)));
    scene.endpoint("ep_1", URL, scene.mark(), policy);

    ServiceDecision decision = scene.decide();

    assertThat(decision.steps()).isEmpty();
    assertThat(reason(decision, ConditionType.ResolvedRefs)).isEqualTo(Reason.ReferenceNotFound);
    assertThat(reason(decision, ConditionType.Accepted)).isEqualTo(Reason.Accepted);
    assertThat(decision.status().publicURL()).isEqualTo(URL);
    assertThat(decision.requeueAt()).contains(LATER);
  }

  @Test
  void fromTcpToTlsItForwardsToTheNewUrlAtOnceBecauseTheOldOneIsOfAnotherFamily() {
    String old = "tcp://db.clinic1.internal:5432";
    ServiceDecision decision =
        scene(service("db").tls(HOST).status(programmed(old, "tcp://1.tcp.ngrok.io:1")))
            .bound(old)
            .decide();

    assertThat(ServiceScene.text(decision.steps())).contains("create endpoints " + URL);
    assertThat(decision.steps().stream().map(PublicEndpoint::policySent).filter(Objects::nonNull))
        .singleElement()
        .asString()
        .contains(INTERNAL);
    assertThat(decision.status().internalURL()).as("until that is done").isEqualTo(old);
  }

  @Test
  void fromHttpsToTlsTheOldEndpointGoesFirstBecauseTheyShareThePort() {
    String old = "https://" + HOST;

    assertThat(served(old).steps()).containsExactly("delete endpoints " + old);
    assertThat(gone(old).steps()).containsExactly("create endpoints " + URL);
  }

  @Test
  void atAnotherHostTheOldEndpointGoesAfterTheNewOneIsThere() {
    String old = "https://old.api.com";

    assertThat(served(old).steps())
        .containsExactly("create endpoints " + URL, "delete endpoints " + old);
  }

  private static ServiceScene served(String url) {
    ServiceScene scene = gone(url);
    return scene.endpoint("ep_1", url, scene.mark(), "{}");
  }

  private static ServiceScene gone(String url) {
    return scene(service("db").tls(HOST).status(programmed("https://db.clinic1.internal", url)));
  }

  private static ServiceScene scene(ServiceBuilder service) {
    return ServiceScene.of(service.build()).in(accepted()).domain("*.api.com");
  }

  private static Clinic accepted() {
    return clinic("clinic1").shared("*.api.com").status(ServiceScene.accepted(true)).build();
  }

  private static ClinicServiceStatus programmed(String internalURL, String publicURL) {
    return programmed(internalURL, publicURL, "echo");
  }

  private static ClinicServiceStatus programmed(
      String internalURL, String publicURL, String echoHash) {
    return serviceStatus()
        .internalURL(internalURL)
        .internalBoundAt("2026-01-01T00:00:00Z")
        .publicURL(publicURL)
        .endpoint(new EndpointStatus("ep_1", "hash", echoHash))
        .build();
  }

  private static Reason reason(ServiceDecision decision, ConditionType type) {
    return decision.assessment().get(type).orElseThrow().reason();
  }
}
