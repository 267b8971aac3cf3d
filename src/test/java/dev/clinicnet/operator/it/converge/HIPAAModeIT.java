package dev.clinicnet.operator.it.converge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.Site;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An account in HIPAA mode, which refuses endpoints with the scheme http. */
@SuppressWarnings("try") // An operator only has to run.
class HIPAAModeIT extends InOneNamespace {
  private static final String REMEDY = "write an https URL into spec.internalURL";
  private static final String PUBLIC = "https://one.api.example.com";

  @BeforeEach
  void beginInHIPAAMode() {
    account.close();
    account = NgrokAccount.openInHIPAAMode();
  }

  @Test
  void theWorkedExampleNeedsNoHTTPEndpoint() {
    manifests.apply("examples/clinic1");
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();

      JsonNode agent = account.connectAgent(manifests.file("clinic1-site-kit", "ngrok.yml"));

      assertThat(agent.path("endpoints")).isNotEmpty();
      assertThat(agent.path("endpoints")).noneMatch(endpoint -> endpoint.has("error_code"));
      manifests.awaitClinic("clinic1", ConditionType.SiteKitCurrent, "SiteKitInstalled");
      assertThat(manifests.services())
          .allSatisfy(
              service ->
                  assertThat(
                          manifests.serviceSays(
                              service.getMetadata().getName(), ConditionType.Accepted))
                      .doesNotContain("HIPAA"));
    }
  }

  /**
   * The agent is refused with 9043. Nothing of the API says so but that the endpoint is missing.
   */
  @Test
  void anEndpointThatTheAgentIsRefusedIsSaidWithItsRemedy() {
    manifests.applyText(Site.sharing("one") + "---\n" + api("http"));
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      assertThat(manifests.serviceSays("one-api", ConditionType.Accepted)).contains("HIPAA");

      JsonNode agent = account.connectAgent(kit());

      assertThat(agent.at("/endpoints/0/error_code").asText()).isEqualTo("ERR_NGROK_9043");
      manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitInstalled");
      manifests.awaitService("one-api", ConditionType.AgentOnline, "NeverBound");
      assertThat(manifests.serviceSays("one-api", ConditionType.AgentOnline))
          .contains("http://api.one.internal", "HIPAA", REMEDY);

      manifests.applyText(api("https"));
      eventually(() -> assertThat(kit()).contains("https://api.one.internal"));
      account.disconnectAgent(agent.path("id").asText());
      agent = account.connectAgent(kit());

      assertThat(agent.at("/endpoints/0").has("error_code")).isFalse();
      manifests.awaitService("one-api", ConditionType.AgentOnline, "EndpointBound");
      manifests.awaitAllReady();
      eventually(
          () ->
              assertThat(the("endpoints", "url", PUBLIC).path("traffic_policy").asText())
                  .contains("https://api.one.internal"));
      assertThat(manifests.service("one-api").getStatus().conditions().toString())
          .doesNotContain("HIPAA");
    }
  }

  /**
   * The operator makes no public endpoint with http, so the simulator alone never refuses one with
   * 6031. The platform may look at what stands behind it.
   */
  @Test
  void aPublicEndpointThatIsRefusedIsSaidWithItsRemedy() {
    account.refuse("POST", "/endpoints", 400, "ERR_NGROK_6031");
    manifests.applyText(Site.sharing("one") + "---\n" + api("http"));
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitService("one-api", ConditionType.Programmed, "RejectedByPlatform");
      assertThat(manifests.serviceSays("one-api", ConditionType.Programmed))
          .contains("ERR_NGROK_6031", "HIPAA", REMEDY);
      manifests.awaitService("one-api", ConditionType.Stalled, "RejectedByPlatform");
      manifests.awaitService("one-api", ConditionType.Ready, "RejectedByPlatform");
      manifests.awaitClinic("one", ConditionType.Ready, "Programmed");
      assertThat(account.all("endpoints")).isEmpty();

      account.clearFaults();
      manifests.applyText(api("https"));

      manifests.awaitAllReady();
      assertThat(account.names("endpoints", "url")).containsExactly(PUBLIC);
      assertThat(manifests.serviceSays("one-api", ConditionType.Stalled)).isEmpty();
    }
  }

  private static String api(String scheme) {
    return Site.https(
        "one-api", "one", "one.api.example.com", "internalURL: " + scheme + "://api.one.internal");
  }

  private String kit() {
    return manifests.file("one-site-kit", "ngrok.yml");
  }
}
