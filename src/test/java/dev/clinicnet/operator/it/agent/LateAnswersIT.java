package dev.clinicnet.operator.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.AgentKind;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.OnePage;
import dev.clinicnet.testkit.RealAgents;
import dev.clinicnet.testkit.Site;
import dev.clinicnet.testkit.Team;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The platform answers an agent on ngrok's Go SDK late, and the operator looks on meanwhile. */
@SuppressWarnings("try") // An operator only has to run.
class LateAnswersIT extends InOneNamespace {
  private static final String AGENT = "site1";
  private static final String MACHINE = "10.0.0.1:8080";
  private static final String PUBLIC = "https://one.api.example.com";
  private static final String INTERNAL = "https://one-api.one.internal";

  private final OnePage page = new OnePage('a');
  private RealAgents agents;

  @BeforeEach
  void play() {
    account.play(AgentKind.REAL);
    agents = account.realAgents();
    manifests.applyText(Site.withClinic("one", Site.api("one")));
  }

  @AfterEach
  void closePage() {
    page.close();
  }

  @Test
  void aLateLoginAndALateEndpointAreOnlyLate() {
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      late("auth", "3s", "");
      late("bind", "5s", "");

      run();

      await().until(() -> account.matched() == 1);
      awaitSweeps(2);
      assertThat(account.all("tunnel_sessions")).isEmpty();
      manifests.awaitClinic("one", ConditionType.AgentOnline, "NeverConnected");
      manifests.awaitClinic("one", ConditionType.AgentOnline, "AgentConnected");
      assertThat(account.names("endpoints", "url")).doesNotContain(INTERNAL);
      manifests.awaitService("one-api", ConditionType.AgentOnline, "NeverBound");
      manifests.awaitService("one-api", ConditionType.Ready, "Programmed");

      assertThatItServes();
    }
  }

  @Test
  void anEndpointWhoseAnswerIsLateIsBoundOnce() {
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      late("bind", "3s", "commit");

      run();

      manifests.awaitService("one-api", ConditionType.AgentOnline, "EndpointBound");
      assertThat(agents.count(AGENT, "bound")).isZero();
      // The agent does not know its endpoint yet.
      assertThat(Team.visit(account, PUBLIC)).isNotEqualTo("a");

      assertThatItServes();
    }
  }

  private void assertThatItServes() {
    manifests.awaitService("one-api", ConditionType.AgentOnline, "EndpointBound");
    manifests.awaitClinic("one", ConditionType.AgentOnline, "AgentConnected");
    manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitInstalled");
    eventually(() -> assertThat(Team.visit(account, PUBLIC)).isEqualTo("a"));
    agents.awaitEvent(AGENT, "bound");
    assertThat(agents.codes(AGENT)).isEmpty();
    assertThat(agents.count(AGENT, "connected")).isEqualTo(1);
    assertThat(account.names("endpoints", "url")).containsExactly(INTERNAL, PUBLIC);
    assertThat(account.all("tunnel_sessions")).hasSize(1);
  }

  /** Both if the platform has let the agent in already, and if it has not. */
  @ParameterizedTest
  @ValueSource(strings = {"", "commit"})
  void aLoginThatIsLateDoesNotOutliveAQuarantine(String after) {
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      late("auth", "4s", after);
      run();
      await().until(() -> account.matched() == 1);

      manifests.annotateClinic("one", "clinicnet.dev/quarantine", "true");
      manifests.awaitClinic("one", ConditionType.Programmed, "Quarantined");

      // The answer has come, and the agent tries again with a token that is gone.
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  agents.codes(AGENT).contains("ERR_NGROK_300")
                      || agents.count(AGENT, "ended") > 0);
      eventually(() -> assertThat(account.all("tunnel_sessions")).isEmpty());
      awaitSweeps(3);
      assertThat(account.all("tunnel_sessions")).isEmpty();
      assertThat(account.names("endpoints", "url")).doesNotContain(INTERNAL);
    }
  }

  private void late(String message, String delay, String after) {
    account.fault(
        "{\"path\": \"/agent-session/%s\", \"delay\": \"%s\", \"after\": \"%s\"}"
            .formatted(message, delay, after));
  }

  private void run() {
    agents.run(AGENT, manifests.file("one-site-kit", "ngrok.yml"));
    agents.upstream(AGENT, MACHINE, page.address());
  }
}
