package dev.clinicnet.operator.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.OnePage;
import dev.clinicnet.testkit.SdkAgent;
import dev.clinicnet.testkit.SdkAgent.Language;
import dev.clinicnet.testkit.Site;
import dev.clinicnet.testkit.Team;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Agents on ngrok's SDKs for Node.js and Python use the authtoken of a site kit. */
@SuppressWarnings("try") // Agents and an operator only have to run.
class OtherAgentsIT extends InOneNamespace {
  private static final String PUBLIC = "https://one.api.example.com";
  private static final String INTERNAL = "https://one-api.one.internal";
  private static final String WRONG_TOKEN = "2aBcDeFgHiJkLmNoPqRsTuVwXyZ_abcdefghijklmnopqrstu";

  private final OnePage page = new OnePage('a');

  @AfterEach
  void closePage() {
    page.close();
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void bindsAndAnswersAndIsRefusedAndStopped(Language language) {
    manifests.applyText(Site.withClinic("one", Site.api("one")));
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      String token = manifests.file("one-site-kit", "authtoken");

      assertThat(refusal(language, WRONG_TOKEN, INTERNAL)).isEqualTo("ERR_NGROK_107");
      assertThat(refusal(language, token, "https://two-api.two.internal"))
          .isEqualTo("ERR_NGROK_316");
      assertThat(account.all("tunnel_sessions")).isEmpty();

      try (SdkAgent agent = start(language, token, INTERNAL)) {
        JsonNode bound = agent.awaitEvent("bound");
        assertThat(bound.path("url").asText()).isEqualTo(INTERNAL);
        eventually(() -> assertThat(Team.visit(account, PUBLIC)).isEqualTo("a"));
        manifests.awaitService("one-api", ConditionType.AgentOnline, "EndpointBound");

        String session = "/tunnel_sessions/" + id(only("tunnel_sessions"));
        account.call("POST", session + "/update", "{}");
        agent.awaitEvent("told to update");
        assertThatThrownBy(() -> account.call("POST", session + "/restart", "{}"))
            .hasMessageContaining("ERR_NGROK_804");
        assertThat(Team.visit(account, PUBLIC)).isEqualTo("a");

        manifests.annotateClinic("one", "clinicnet.dev/quarantine", "true");

        agent.awaitEvent("told to stop");
        agent.awaitEnd();
        eventually(() -> assertThat(account.all("tunnel_sessions")).isEmpty());
      }
      assertThat(refusal(language, token, INTERNAL)).isEqualTo("ERR_NGROK_300");
    }
  }

  private SdkAgent start(Language language, String token, String url) {
    return SdkAgent.start(language, account, token, url, page.address());
  }

  private String refusal(Language language, String token, String url) {
    try (SdkAgent agent = start(language, token, url)) {
      String code = agent.awaitEvent("refused").path("code").asText();
      agent.awaitEnd();
      eventually(() -> assertThat(account.all("tunnel_sessions")).isEmpty());
      return code;
    }
  }
}
