package dev.clinicnet.operator.it.converge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.api.v1alpha1.AgentStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.AgentKind;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Site;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reports on a site's agents, and their restart. */
@SuppressWarnings("try") // An operator only has to run.
class AgentsIT extends InOneNamespace {
  private static final String RESTART = "clinicnet.dev/restart-agents";
  private static final String SHOP =
      """
        - name: shop
          url: https://shop.one.internal
          upstream: {url: "http://10.0.0.9:80"}
      """;

  @Test
  void whatNoManifestAsksForIsToldAndCounted() {
    try (ClinicOperator operator = converged()) {
      JsonNode intruder = account.connectAgent(file().stripTrailing() + "\n" + SHOP);
      assertThat(intruder.path("endpoints")).allMatch(endpoint -> !endpoint.has("error_code"));

      manifests.awaitClinic("one", ConditionType.AgentOnline, "UnexpectedEndpoint");
      assertThat(manifests.clinicSays("one", ConditionType.AgentOnline))
          .startsWith("True")
          .contains("https://shop.one.internal", "version 3.39.7", "region us");
      eventually(
          () ->
              assertThat(operator.metrics())
                  .containsPattern(metric("clinic_endpoints_unexpected", 1))
                  .containsPattern(metric("clinic_agent_online", 1)));
      assertWarning("UnexpectedEndpoint");

      account.disconnectAgent(intruder.path("id").asText());
      JsonNode naked = account.connectAgent(tokenOnly());
      manifests.awaitClinic("one", ConditionType.AgentOnline, "UnexpectedAgent");
      assertThat(manifests.clinicSays("one", ConditionType.AgentOnline))
          .contains("session " + naked.path("session_id").asText() + " from 198.51.100.7");
      assertWarning("UnexpectedAgent");

      account.disconnectAgent(naked.path("id").asText());
      account.connectAgent(file());
      manifests.awaitClinic("one", ConditionType.AgentOnline, "AgentConnected");
      eventually(
          () ->
              assertThat(operator.metrics())
                  .containsPattern(metric("clinic_endpoints_unexpected", 0))
                  .containsPattern(metric("clinic_site_kit_current", 1)));

      manifests.deleteAll();
      manifests.awaitGone();
      eventually(() -> assertThat(operator.metrics()).doesNotContain("clinic=\"one\""));
    }
  }

  @ParameterizedTest
  @EnumSource(AgentKind.class)
  void everyNewValueRestartsTheAgentOnceAndOneThatCannotIsTold(AgentKind kind) {
    account.play(kind);
    try (ClinicOperator operator = converged()) {
      JsonNode agent = account.connectAgent(file());
      awaitAgent(agent.path("session_id").asText());

      manifests.annotateClinic("one", RESTART, "monday");

      eventually(
          () ->
              assertThat(manifests.clinic("one").getStatus().agentsRestarted())
                  .isEqualTo("monday"));
      eventually(
          () ->
              assertThat(account.names("tunnel_sessions", "id"))
                  .hasSize(1)
                  .doesNotContain(agent.path("session_id").asText()));
      String restarted = only("tunnel_sessions").path("id").asText();
      awaitAgent(restarted);
      assertThat(account.writes()).containsEntry("POST /tunnel_sessions/{id}/restart", 1);
      eventually(
          () -> assertThat(manifests.events()).extracting("reason").contains("AgentsRestarted"));

      account.disconnectAgent(agent.path("id").asText());
      JsonNode windows =
          account.connectAgent(
              file().replace("remote_management: true", "remote_management: false"));
      awaitAgent(windows.path("session_id").asText());
      account.forgetRequests();
      manifests.annotateClinic("one", RESTART, "tuesday");

      assertWarning("AgentsNotRestarted");
      eventually(
          () ->
              assertThat(manifests.clinic("one").getStatus().agentsRestarted())
                  .isEqualTo("tuesday"));
      awaitSweeps(2);
      assertThat(account.writes()).isEqualTo(Map.of("POST /tunnel_sessions/{id}/restart", 1));
      assertThat(manifests.clinicSays("one", ConditionType.Ready)).startsWith("True");
    }
  }

  private ClinicOperator converged() {
    manifests.applyText(Site.clinic("one") + "---\n" + Site.api("one"));
    ClinicOperator operator =
        operator().withIntervals(OFTEN, Duration.ofMillis(200)).withObjectMetrics().start();
    manifests.awaitAllReady();
    return operator;
  }

  private void awaitAgent(String session) {
    eventually(
        () ->
            assertThat(manifests.clinic("one").getStatus().agents())
                .extracting(AgentStatus::sessionID)
                .containsExactly(session));
  }

  private void assertWarning(String reason) {
    eventually(
        () ->
            assertThat(manifests.events())
                .anyMatch(
                    event ->
                        event.getReason().equals(reason) && event.getType().equals("Warning")));
  }

  private String metric(String name, int value) {
    return name + "\\{clinic=\"one\",namespace=\"" + namespace.name() + "\"\\} " + value;
  }

  private String file() {
    return manifests.file("one-site-kit", "ngrok.yml");
  }

  private String tokenOnly() {
    return "version: 3\nagent:\n  authtoken: \""
        + manifests.file("one-site-kit", "authtoken")
        + "\"\n";
  }
}
