package dev.clinicnet.operator.it.converge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.agent.AgentConfigReader;
import dev.clinicnet.operator.agent.ParsedConfig;
import dev.clinicnet.operator.agent.ParsedConfig.ParsedEndpoint;
import dev.clinicnet.operator.api.v1alpha1.AgentStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.Examples;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.Settled;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The site kit and the agents that run it. */
@SuppressWarnings("try") // An operator only has to run.
class SiteKitIT extends InOneNamespace {
  private static final String KIT = "clinic1-site-kit";
  private static final Duration AGENTS = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SEVERAL_SWEEPS = AGENTS.multipliedBy(8);
  private static final String EXPOSED =
      """
      apiVersion: clinicnet.dev/v1alpha1
      kind: Clinic
      metadata: {name: clinic1}
      spec:
        domains: [{name: "*.api.clinicnet.com", shared: true}]
      ---
      apiVersion: clinicnet.dev/v1alpha1
      kind: ClinicService
      metadata: {name: rest-api}
      spec:
        clinicRef: {name: clinic1}
        upstream: {url: "http://192.168.1.100:8080"}
        internalURL: https://%s.clinic1.internal
        expose: {https: {host: clinic1.api.clinicnet.com}}
      """;

  @Test
  void theFileIsStrictlyRightAndConnectsAnAgentThatTheStatusShows() {
    manifests.apply("examples/clinic1");
    try (ClinicOperator operator = watchingAgents().start()) {
      manifests.awaitAllReady();
      ParsedConfig file = AgentConfigReader.read(file());
      assertThat(file.endpoints())
          .extracting(ParsedEndpoint::url)
          .containsExactlyInAnyOrder(
              "https://agent-api.clinic1.internal",
              "https://dashboard.clinic1.internal",
              "tcp://patient-db.clinic1.internal:5432",
              "https://rest-api.clinic1.internal");
      assertThat(file.endpoints()).noneMatch(ParsedEndpoint::poolingEnabled);

      JsonNode agent = connect();

      assertThat(agent.path("endpoints")).allMatch(endpoint -> !endpoint.has("error_code"));
      manifests.awaitClinic("clinic1", ConditionType.AgentOnline, "AgentConnected");
      manifests.awaitClinic("clinic1", ConditionType.SiteKitCurrent, "SiteKitInstalled");
      manifests.awaitService("rest-api", ConditionType.AgentOnline, "EndpointBound");
      ClinicStatus status = manifests.clinic("clinic1").getStatus();
      assertThat(status.agents())
          .extracting(AgentStatus::sessionID)
          .containsExactly(agent.path("session_id").asText());
      assertThat(status.siteKit().installedHash()).isEqualTo(status.siteKit().configHash());
      String hash = status.siteKit().installedHash();
      assertThat(manifests.file(KIT, "README.txt")).contains("clinic1", hash);
      assertThat(manifests.file(KIT, "HELP.txt")).contains("nc -vz -w 5 192.168.1.101 5432", hash);
      assertThat(manifests.file(KIT, "ngrok.yml")).doesNotContain("log:");
      manifests.annotateClinic("clinic1", "clinicnet.dev/contact", "Service desk, +1 555 0100");
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(manifests.file(KIT, "README.txt"))
                      .contains("Questions: Service desk, +1 555 0100"));
      Settled.awaitStill(
          () -> hash.equals(manifests.clinic("clinic1").getStatus().siteKit().configHash()));
    }
  }

  @Test
  void anAgentThatGoesIsOfflineAndReadyStays() {
    try (ClinicOperator operator = converged(Examples.clinic("WhenUnused"))) {
      manifests.awaitClinic("clinic1", ConditionType.AgentOnline, "NeverConnected");
      String id = connect().path("id").asText();
      manifests.awaitClinic("clinic1", ConditionType.AgentOnline, "AgentConnected");
      manifests.awaitService("rest-api", ConditionType.AgentOnline, "EndpointBound");

      account.disconnectAgent(id);

      manifests.awaitClinic("clinic1", ConditionType.AgentOnline, "AgentOffline");
      manifests.awaitClinic("clinic1", ConditionType.SiteKitCurrent, "NoAgent");
      manifests.awaitService("rest-api", ConditionType.AgentOnline, "EndpointNotBound");
      assertThat(manifests.clinic("clinic1").getStatus().agents()).isEmpty();
      manifests.awaitAllReady();
    }
  }

  @Test
  void anotherUpstreamNeedsTheNewFileAtTheSiteAndNothingAtNgrok() {
    try (ClinicOperator operator = converged(Examples.clinic("WhenUnused"))) {
      JsonNode agent = connect();
      manifests.awaitClinic("clinic1", ConditionType.SiteKitCurrent, "SiteKitInstalled");
      String oldHash = manifests.clinic("clinic1").getStatus().siteKit().configHash();
      account.forgetRequests();

      manifests.applyText(Examples.restAPI("http://192.168.1.111:9090"));

      manifests.awaitClinic("clinic1", ConditionType.SiteKitCurrent, "SiteKitOutdated");
      ClinicStatus status = manifests.clinic("clinic1").getStatus();
      assertThat(status.siteKit().configHash()).isNotEqualTo(oldHash);
      assertThat(status.siteKit().installedHash()).isEqualTo(oldHash);
      assertThat(file()).contains("http://192.168.1.111:9090");

      account.disconnectAgent(agent.path("id").asText());
      connect();

      manifests.awaitClinic("clinic1", ConditionType.SiteKitCurrent, "SiteKitInstalled");
      assertThat(account.writes()).isEmpty();
    }
  }

  @Test
  void thePublicEndpointForwardsToTheOldNameUntilAnAgentBindsTheNewOne() {
    try (ClinicOperator operator = converged(EXPOSED.formatted("rest-api"))) {
      String old = connect().path("id").asText();
      manifests.awaitService("rest-api", ConditionType.AgentOnline, "EndpointBound");
      account.forgetRequests();

      manifests.applyText(EXPOSED.formatted("second"));

      await().atMost(PATIENCE).until(() -> file().contains("https://second.clinic1.internal"));
      manifests.awaitAllReady();
      await()
          .during(SEVERAL_SWEEPS)
          .atMost(PATIENCE)
          .until(() -> forwardsTo("https://rest-api.clinic1.internal"));
      assertThat(account.writes()).isEmpty();

      account.disconnectAgent(old);
      connect();

      await().atMost(PATIENCE).until(() -> forwardsTo("https://second.clinic1.internal"));
      assertThat(account.writes()).containsOnly(java.util.Map.entry("PATCH /endpoints/{id}", 1));
    }
  }

  @Test
  void aNameThatNoAgentEverBoundIsLeftAtOnce() {
    try (ClinicOperator operator = converged(EXPOSED.formatted("rest-api"))) {
      account.forgetRequests();

      manifests.applyText(EXPOSED.formatted("second"));

      await().atMost(PATIENCE).until(() -> forwardsTo("https://second.clinic1.internal"));
      assertThat(account.writes()).containsOnly(java.util.Map.entry("PATCH /endpoints/{id}", 1));
    }
  }

  @Test
  void aRedundantClinicLetsTwoAgentsBindEverything() {
    String redundant =
        EXPOSED
            .formatted("rest-api")
            .replace("spec:\n  domains", "spec:\n  agent: {redundant: true}\n  domains");
    try (ClinicOperator operator = converged(redundant)) {
      assertThat(AgentConfigReader.read(file()).endpoints())
          .isNotEmpty()
          .allMatch(ParsedEndpoint::poolingEnabled);

      JsonNode one = connect();
      JsonNode two = connect();

      assertThat(one.path("endpoints")).allMatch(endpoint -> !endpoint.has("error_code"));
      assertThat(two.path("endpoints")).allMatch(endpoint -> !endpoint.has("error_code"));
      await()
          .atMost(PATIENCE)
          .until(() -> manifests.clinic("clinic1").getStatus().agents().size() == 2);
    }
  }

  @Test
  void anAgentCannotBindTheNamesOfAnotherClinic() {
    manifests.apply("examples/clinic2");
    try (ClinicOperator operator = converged(Examples.clinic("WhenUnused"))) {
      String theirs = manifests.clinic("clinic2").getSpec().internalDomain();
      String internalDomain = theirs == null ? "clinic2.internal" : theirs;

      JsonNode agent = account.connectAgent(file().replace("clinic1.internal", internalDomain));

      assertThat(agent.path("endpoints"))
          .isNotEmpty()
          .allMatch(endpoint -> endpoint.has("error_code"));
      assertThat(account.names("endpoints", "url")).noneMatch(url -> url.endsWith(".internal"));
    }
  }

  @Test
  void aConnectURLThatTheAccountDoesNotHaveIsWarnedOfAndReadyStays() {
    String clinic =
        EXPOSED
            .formatted("rest-api")
            .replace(
                "spec:\n  domains",
                "spec:\n  agent: {connectURL: \"connect.acme.com:443\"}\n  domains");
    try (ClinicOperator operator = converged(clinic)) {
      manifests.awaitClinic("clinic1", ConditionType.AgentOnline, "ConnectURLUnknown");
      assertThat(file()).contains("connect_url: \"connect.acme.com:443\"");
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(manifests.events())
                      .anyMatch(
                          event ->
                              event.getReason().equals("ConnectURLUnknown")
                                  && event.getType().equals("Warning")
                                  && event.getMessage().contains("connect.acme.com")));
      assertThat(account.requests()).containsEntry("GET /agent_ingresses", 1);
      assertThat(
              Conditions.isTrue(
                  Manifests.conditions(manifests.clinic("clinic1")), ConditionType.Ready))
          .isTrue();

      account.call("POST", "/agent_ingresses", "{\"domain\": \"connect.acme.com\"}");
      operator.refresh();

      manifests.awaitClinic("clinic1", ConditionType.AgentOnline, "NeverConnected");
    }
  }

  private boolean forwardsTo(String internalURL) {
    String policy =
        account.all("endpoints").stream()
            .filter(endpoint -> endpoint.path("type").asText().equals("cloud"))
            .findFirst()
            .orElseThrow()
            .path("traffic_policy")
            .asText();
    return policy.contains(internalURL)
        && internalURL.equals(manifests.service("rest-api").getStatus().internalURL());
  }

  private ClinicOperator converged(String yaml) {
    manifests.applyText(yaml);
    ClinicOperator operator = watchingAgents().start();
    manifests.awaitAllReady();
    return operator;
  }

  private RunningOperator watchingAgents() {
    return operator().withIntervals(Duration.ofHours(1), AGENTS);
  }

  private JsonNode connect() {
    return account.connectAgent(file());
  }

  private String file() {
    return manifests.file(KIT, "ngrok.yml");
  }
}
