package dev.clinicnet.operator.it.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.agent.AgentConfigReader;
import dev.clinicnet.operator.api.v1alpha1.AgentAPIStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicSessionStatus;
import dev.clinicnet.operator.api.v1alpha1.OnDemandStatus;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.certificate.CertificateBundle;
import dev.clinicnet.operator.certificate.ClientIdentities;
import dev.clinicnet.operator.certificate.ClientIdentity;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.simulator.TestAuthority;
import dev.clinicnet.simulator.edge.EdgeClient;
import dev.clinicnet.testkit.AgentAPISite;
import dev.clinicnet.testkit.InOneNamespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions that are opened at the agent too, and other clients of its API. */
@SuppressWarnings("try") // An operator only has to run.
class AgentAPIIT extends InOneNamespace {
  private static final String KIT = "one-site-kit";
  private static final String HERE = "203.0.113.7";
  private static final String ELSEWHERE = "198.51.100.9";
  private static final String STATUS = AgentAPISite.API + "/api/status";
  private static final String LONG = "10m";

  private AgentAPISite api;
  private JsonNode agent;

  @BeforeEach
  void openSite() {
    api = new AgentAPISite(account, manifests);
  }

  @AfterEach
  void closeSite() {
    api.close();
  }

  @Test
  void aSessionStartsAtTheAgentThenOpensAtTheEdgeAndGoesTheOtherWayRound() {
    try (ClinicOperator operator = converged("3.39.7")) {
      assertThat(AgentConfigReader.read(manifests.file(KIT, "ngrok.yml")).endpoints())
          .extracting(endpoint -> endpoint.name())
          .containsExactly("agent-api");
      assertThat(account.agentEndpoints(agent)).containsExactly("agent-api");
      account.forgetRequests();

      open("s1", LONG);

      assertThat(api.site().ask()).isEqualTo("200");
      assertThat(account.agentEndpoints(agent)).containsExactly("agent-api", "one-dashboard");
      assertThat(onDemand().agentEndpoint()).isEqualTo("one-dashboard");
      assertThat(account.writesInOrder())
          .containsExactly("POST /agent-api/endpoints", "POST /endpoints");
      manifests.awaitService("one-dashboard", ConditionType.AgentOnline, "EndpointBound");
      account.forgetRequests();

      manifests.deleteSession("s1");
      eventually(() -> assertThat(onDemand()).isNull());

      assertThat(account.agentEndpoints(agent)).containsExactly("agent-api");
      assertThat(account.writesInOrder())
          .satisfiesExactly(
              edge -> assertThat(edge).startsWith("DELETE /endpoints/"),
              atAgent ->
                  assertThat(atAgent).isEqualTo("DELETE /agent-api/endpoints/one-dashboard"));
      manifests.awaitService("one-dashboard", ConditionType.AgentOnline, "StartedOnDemand");
    }
  }

  @Test
  void anOldAgentIsAskedInItsOwnWords() {
    try (ClinicOperator operator = converged("3.20.0")) {
      account.forgetRequests();
      open("s1", LONG);

      assertThat(api.site().ask()).isEqualTo("200");
      assertThat(account.writesInOrder())
          .containsExactly("POST /agent-api/tunnels", "POST /endpoints");
      manifests.deleteSession("s1");
      eventually(() -> assertThat(account.agentEndpoints(agent)).containsExactly("agent-api"));
    }
  }

  @Test
  void anAgentThatRestartsIsAskedAgainAndAnotherUpstreamIsStartedInItsPlace() {
    try (ClinicOperator operator = converged("3.39.7")) {
      open("s1", LONG);
      String session = only("tunnel_sessions").path("id").asText();

      account.call("POST", "/tunnel_sessions/" + session + "/restart", "{}");

      eventually(() -> assertThat(api.site().ask()).isEqualTo("200"));
      assertThat(manifests.session("s1").getStatus().phase()).isEqualTo(SessionPhase.Open);
      manifests.applyText(api.dashboard().replace("3001", "3002"));
      eventually(
          () ->
              assertThat(account.callAgent(agent, "GET", "/api/endpoints", null).body())
                  .contains(":3002"));
      assertThat(manifests.session("s1").getStatus().phase()).isEqualTo(SessionPhase.Open);
    }
  }

  @Test
  void anAgentThatCannotBeAskedHoldsNothingBackAndIsStoppedLater() {
    try (ClinicOperator operator = converged("3.39.7")) {
      open("s1", LONG);
      account.refuse("DELETE", "/agent-api/endpoints/{id}", 503, "100");

      manifests.deleteSession("s1");

      eventually(() -> assertThat(manifests.session("s1")).isNull());
      assertThat(api.site().isPublished()).isFalse();
      manifests.awaitService("one-dashboard", ConditionType.Programmed, "AgentUnreachable");
      assertThat(onDemand().agentEndpoint()).isEqualTo("one-dashboard");
      account.clearFaults();
      eventually(() -> assertThat(account.agentEndpoints(agent)).containsExactly("agent-api"));
      manifests.awaitService("one-dashboard", ConditionType.Programmed, "NoOpenSession");

      open("s2", LONG);
      account.refuse("DELETE", "/agent-api/endpoints/{id}", 503, "100");
      manifests.deleteSession("s2");
      manifests.awaitService("one-dashboard", ConditionType.Programmed, "AgentUnreachable");
      account.disconnectAgent(agent.path("id").asText());
      eventually(() -> assertThat(onDemand()).isNull());
      manifests.awaitService("one-dashboard", ConditionType.Programmed, "NoOpenSession");
    }
  }

  @Test
  void nobodyElseGetsIn() {
    try (ClinicOperator operator =
        converged("3.39.7", ", allowCIDRs: [127.0.0.1/32, 203.0.113.0/24]")) {
      EdgeClient stranger = api.visitor(AgentAPISite.API, HERE);
      EdgeClient known = stranger.withCertificate(api.operator());
      Map<String, String> password = api.password();

      assertThat(known.request("GET", STATUS, password).outcome()).isEqualTo("200");
      assertThat(known.request("GET", STATUS, Map.of()).outcome()).isEqualTo("401");
      assertThat(stranger.request("GET", STATUS, password).outcome())
          .isEqualTo("certificate refused");
      assertThat(
              stranger
                  .withCertificate(new TestAuthority("clinic-operator").issue("clinic-operator"))
                  .request("GET", STATUS, password)
                  .outcome())
          .isEqualTo("certificate refused");
      assertThat(
              api.visitor(AgentAPISite.API, ELSEWHERE)
                  .withCertificate(api.operator())
                  .request("GET", STATUS, password)
                  .outcome())
          .isEqualTo("handshake failed");
      for (String path :
          List.of(
              "/api/requests/http",
              "/api/status/..%2frequests/http",
              "/api/status/%2e%2e/requests/http",
              "/api/tunnels/../requests/http",
              "//api/requests/http",
              "/inspect/http",
              "/")) {
        assertThat(known.request("GET", AgentAPISite.API + path, password).outcome())
            .as(path)
            .isEqualTo("403");
      }
      assertThat(known.request("PATCH", AgentAPISite.API + "/api/endpoints", password).outcome())
          .isEqualTo("403");
    }
  }

  @Test
  void anotherPolicyOfTheAccountDoesNotGetPastThePassword() {
    try (ClinicOperator operator = converged("3.39.7")) {
      String inside = "https://inside.api.example.com";
      account.call(
          "POST",
          "/endpoints",
          """
          {"type": "cloud", "url": "%s", "bindings": ["public"], "traffic_policy":
           "{\\"on_http_request\\":[{\\"actions\\":[{\\"type\\":\\"forward-internal\\",\\"config\\":{\\"url\\":\\"https://agent-api.one.internal\\"}}]}]}"}
          """
              .formatted(inside));
      EdgeClient insider = api.visitor(inside, ELSEWHERE);

      assertThat(insider.get(inside + "/api/status").outcome()).isEqualTo("401");
      assertThat(insider.get(inside + "/api/requests/http").outcome()).isEqualTo("401");
      assertThat(insider.request("GET", inside + "/api/requests/http", api.password()).outcome())
          .as("with the password too there are no captured requests")
          .isEqualTo("403");
    }
  }

  @Test
  void anOldCertificateIsRenewedWhileSessionsGoOn() {
    try (ClinicOperator operator = converged("3.39.7")) {
      open("s1", LONG);
      String password = api.stored("password");

      age(Duration.ofDays(61));

      Instant fresh = Instant.now().plus(Duration.ofDays(80));
      eventually(() -> assertThat(expiry()).isAfter(fresh));
      assertThat(api.stored("next.crt")).isNull();
      assertThat(CertificateBundle.parse(api.stored("ca.crt")).certificates()).hasSize(2);
      assertThat(api.stored("password")).isEqualTo(password);
      eventually(() -> assertThat(Instant.parse(status().certificateExpiresAt())).isAfter(fresh));
      CertificateBundle.parse(api.stored("ca.crt"))
          .pems()
          .forEach(pem -> assertThat(api.policy()).contains(pem.replace("\n", "\\n")));

      manifests.deleteSession("s1");
      eventually(() -> assertThat(account.agentEndpoints(agent)).containsExactly("agent-api"));
      account.forgetRequests();
      awaitSweeps(3);
      assertThat(account.writes()).isEmpty();
    }
  }

  @Test
  void aLostSecretIsReplacedAndTheAgentIsLockedUntilItHasTheNewSiteKit() {
    try (ClinicOperator operator = converged("3.39.7")) {
      String password = api.stored("password");

      manifests.deleteSecret(AgentAPISite.SECRET);

      eventually(() -> assertThat(api.stored("password")).isNotNull().isNotEqualTo(password));
      eventually(
          () -> assertThat(manifests.file(KIT, "ngrok.yml")).contains(api.stored("password")));
      manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitOutdated");
      manifests.applyText(api.site().session("s1", LONG));
      manifests.awaitService("one-dashboard", ConditionType.Programmed, "AgentAPIRefused");
      assertThat(manifests.serviceSays("one-dashboard", ConditionType.Programmed))
          .contains("install the present site kit")
          .doesNotContain(password);
      assertThat(api.site().isPublished()).isFalse();

      account.disconnectAgent(agent.path("id").asText());
      agent = api.site().connectAgent();
      eventually(() -> assertThat(api.site().ask()).isEqualTo("200"));
    }
  }

  @Test
  void aQuarantineLocksTheAgentsAPIAndItsEndMakesANewPassword() {
    try (ClinicOperator operator = converged("3.39.7")) {
      open("s1", LONG);
      String password = api.stored("password");

      manifests.annotateClinic("one", "clinicnet.dev/quarantine", "true");

      eventually(() -> assertThat(api.policy()).isEmpty());
      eventually(() -> assertThat(api.stored("password")).isNull());
      eventually(() -> assertThat(api.site().isPublished()).isFalse());
      eventually(() -> assertThat(onDemand()).isNull());

      manifests.awaitClinic("one", ConditionType.Programmed, "Quarantined");
      manifests.annotateClinic("one", "clinicnet.dev/quarantine", null);

      manifests.awaitAllReady();
      assertThat(api.stored("password")).isNotNull().isNotEqualTo(password);
      agent = api.site().connectAgent();
      open("s2", LONG);
      assertThat(api.site().ask()).isEqualTo("200");
    }
  }

  @Test
  void theAPIIsRemovedWithTheManifestsWishAndWithTheClinic() {
    try (ClinicOperator operator = converged("3.39.7")) {
      manifests.applyText(api.site().clinic());
      eventually(() -> assertThat(api.policy()).isEmpty());
      eventually(() -> assertThat(api.stored("password")).isNull());
      manifests.awaitService("one-dashboard", ConditionType.Accepted, "AgentAPIMissing");
      eventually(() -> assertThat(status()).isNull());

      manifests.applyText(api.clinic());
      eventually(() -> assertThat(api.policy()).isNotEmpty());
      manifests.deleteAll();
      manifests.awaitGone();
      assertThat(account.all("endpoints")).isEmpty();
      assertThat(account.all("credentials")).isEmpty();
    }
  }

  private ClinicOperator converged(String agentVersion, String... ofTheAPI) {
    manifests.applyText(api.clinic(ofTheAPI) + "---\n" + api.dashboard());
    ClinicOperator operator = watchfulOperator().withEdge(account.edge()).start();
    manifests.awaitAllReady();
    agent = api.site().connectAgent(agentVersion);
    manifests.awaitClinic("one", ConditionType.AgentOnline, "AgentConnected");
    return operator;
  }

  private void open(String session, String duration) {
    manifests.applyText(api.site().session(session, duration));
    eventually(
        () ->
            assertThat(manifests.session(session).getStatus())
                .as(() -> manifests.serviceSays("one-dashboard", ConditionType.Programmed))
                .isNotNull()
                .extracting(ClinicSessionStatus::phase)
                .isEqualTo(SessionPhase.Open));
  }

  /** Replaces the present certificate by one that was made a while ago. */
  private void age(Duration time) {
    ClientIdentity old =
        new ClientIdentities(new SecureRandom())
            .issue("clinic-operator", Instant.now().minus(time), Duration.ofDays(90));
    Secret secret = manifests.secret(AgentAPISite.SECRET);
    namespace
        .admin()
        .resource(
            new SecretBuilder(secret)
                .addToData("ca.crt", base64(old.authority().pem()))
                .addToData("client.crt", base64(old.certificate().pem()))
                .addToData("client.key", base64(old.privateKey().reveal()))
                .build())
        .update();
  }

  private Instant expiry() {
    return CertificateBundle.parse(api.stored("client.crt")).earliestExpiry();
  }

  private AgentAPIStatus status() {
    return manifests.clinic("one").getStatus().agentAPI();
  }

  private OnDemandStatus onDemand() {
    return manifests.service("one-dashboard").getStatus().onDemand();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
