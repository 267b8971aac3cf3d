package dev.clinicnet.operator.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.AgentKind;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.OneLetter;
import dev.clinicnet.testkit.OnePage;
import dev.clinicnet.testkit.RealAgents;
import dev.clinicnet.testkit.Team;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An agent on ngrok's own Go SDK runs the site kit of {@code examples/clinic1}. */
@SuppressWarnings("try") // An operator only has to run.
class GoAgentIT extends InOneNamespace {
  private static final String API = "https://clinic1.api.clinicnet.com";
  private static final String KIT = "clinic1-site-kit";
  private static final String ALLOWED = "203.0.113.7";
  private static final String DENIED = "192.0.2.9";
  private static final String AGENT = "site1";
  private static final String WRONG_TOKEN = "2aBcDeFgHiJkLmNoPqRsTuVwXyZ_abcdefghijklmnopqrstu";
  private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

  private final OnePage api = new OnePage('a');
  private final OnePage otherAPI = new OnePage('b');
  private final OneLetter database = new OneLetter('d');
  private RealAgents agents;

  @BeforeEach
  void play() {
    account.play(AgentKind.REAL);
    agents = account.realAgents();
  }

  @AfterEach
  void closeSite() {
    api.close();
    otherAPI.close();
    database.close();
  }

  @Test
  void bindsItsEndpointsAndAnswersFromAllowedAddressesOnly() {
    try (ClinicOperator operator = converged()) {
      JsonNode agent = connect(kit(), api);

      assertThat(agent.path("simulated").asText()).isEqualTo("false");
      assertThat(agent.path("endpoints").findValuesAsText("url"))
          .contains("https://rest-api.clinic1.internal", "tcp://patient-db.clinic1.internal:5432");
      assertThat(agent.path("endpoints")).noneMatch(endpoint -> endpoint.has("error_code"));
      manifests.awaitClinic("clinic1", ConditionType.AgentOnline, "AgentConnected");
      manifests.awaitClinic("clinic1", ConditionType.SiteKitCurrent, "SiteKitInstalled");
      assertThat(visitAPI()).isEqualTo("a");
      assertThat(Team.visit(account, databaseURL(), ALLOWED)).isEqualTo("d");
      assertThat(Team.visit(account, databaseURL(), DENIED)).isEqualTo("closed");
      assertThat(Team.visit(account, databaseURL(), "198.51.100.7")).isEqualTo("closed");
    }
  }

  @Test
  void isRefusedAnotherClinicsNameAndAWrongToken() {
    try (ClinicOperator operator = converged()) {
      agents.run("thief", kit().replace("rest-api.clinic1.internal", "rest-api.clinic2.internal"));
      JsonNode refused = agents.awaitEvent("thief", "endpoint refused");
      assertThat(refused.path("code").asText()).isEqualTo("ERR_NGROK_316");
      assertThat(refused.path("url").asText()).isEqualTo("https://rest-api.clinic2.internal");
      assertThat(account.names("endpoints", "url"))
          .contains("tcp://patient-db.clinic1.internal:5432")
          .doesNotContain("https://rest-api.clinic2.internal");

      String token = manifests.file(KIT, "authtoken");
      agents.run("stranger", kit().replace(token, WRONG_TOKEN));
      assertThat(agents.awaitEvent("stranger", "disconnected").path("code").asText())
          .isEqualTo("ERR_NGROK_107");
      assertThat(account.all("tunnel_sessions")).hasSize(1);
    }
  }

  @Test
  void isStoppedByQuarantineWithinFiveSecondsAndCannotComeBack() {
    try (ClinicOperator operator = converged()) {
      String file = kit();
      connect(file, api);
      manifests.awaitClinic("clinic1", ConditionType.AgentOnline, "AgentConnected");
      assertThat(visitAPI()).isEqualTo("a");

      manifests.annotateClinic("clinic1", "clinicnet.dev/quarantine", "true");

      await()
          .atMost(FIVE_SECONDS)
          .until(() -> account.all("tunnel_sessions").isEmpty() && !visitAPI().equals("a"));
      agents.awaitEvent(AGENT, "told to stop");
      agents.awaitEvent(AGENT, "ended");
      assertThat(account.connectAgent(file).path("error_code").asText()).isEqualTo("ERR_NGROK_300");
      assertThat(account.all("tunnel_sessions")).isEmpty();
    }
  }

  @Test
  void comesBackAfterARestartOfItselfAndOfTheOperator() {
    JsonNode before;
    try (ClinicOperator operator = converged()) {
      before = connect(kit(), api);
      manifests.awaitClinic("clinic1", ConditionType.AgentOnline, "AgentConnected");

      manifests.annotateClinic("clinic1", "clinicnet.dev/restart-agents", "monday");

      agents.awaitEvent(AGENT, "told to restart");
      await().until(() -> agents.count(AGENT, "started") == 2);
      eventually(
          () ->
              assertThat(account.names("tunnel_sessions", "id"))
                  .hasSize(1)
                  .doesNotContain(before.path("session_id").asText()));
      assertThat(visitAPI()).isEqualTo("a");
    }
    String session = only("tunnel_sessions").path("id").asText();
    try (ClinicOperator operator = watchfulOperator().start()) {
      awaitSweeps(3);
      manifests.awaitClinic("clinic1", ConditionType.AgentOnline, "AgentConnected");
      assertThat(account.names("tunnel_sessions", "id")).containsExactly(session);
      assertThat(agents.count(AGENT, "started")).isEqualTo(2);
      assertThat(visitAPI()).isEqualTo("a");
    }
  }

  @Test
  void comesBackAfterItsConnectionIsCut() {
    try (ClinicOperator operator = converged()) {
      JsonNode agent = connect(kit(), api);
      assertThat(visitAPI()).isEqualTo("a");

      account.cutAgent(agent.path("id").asText());

      agents.awaitEvent(AGENT, "disconnected");
      await().until(() -> agents.count(AGENT, "connected") == 2);
      eventually(() -> assertThat(visitAPI()).isEqualTo("a"));
      assertThat(account.names("tunnel_sessions", "id"))
          .containsExactly(agent.path("session_id").asText());
    }
  }

  @Test
  void anAgentThatCrashedKeepsItsNamesForSomeSeconds() {
    account.holdCrashed("2s");
    try (ClinicOperator operator = converged()) {
      String file = kit();
      connect(file, api);
      agents.kill();
      eventually(() -> assertThat(account.all("tunnel_sessions")).isEmpty());

      account.play(AgentKind.REAL);
      connect(file, api);

      RealAgents replacement = account.realAgents();
      assertThat(replacement.codes("site2")).contains("ERR_NGROK_334");
      eventually(() -> assertThat(visitAPI()).isEqualTo("a"));
    }
  }

  @Test
  void twoOfThemPool() {
    try (ClinicOperator operator = converged()) {
      String clinic = read(Path.of("examples/clinic1/clinic.yaml"));
      manifests.applyText(
          clinic.substring(0, clinic.indexOf("  agent:")) + "  agent: {redundant: true}\n");
      eventually(() -> assertThat(kit()).contains("pooling_enabled: true"));
      JsonNode first = connect(kit(), api);
      connect(kit(), otherAPI);

      assertThat(account.all("tunnel_sessions")).hasSize(2);
      Set<String> answers = new HashSet<>();
      await()
          .until(
              () -> {
                answers.add(visitAPI());
                return answers.size() == 2;
              });
      assertThat(answers).containsExactlyInAnyOrder("a", "b");

      account.disconnectAgent(first.path("id").asText());
      for (int i = 0; i < 5; i++) {
        assertThat(visitAPI()).isEqualTo("b");
      }
    }
  }

  private ClinicOperator converged() {
    try (Stream<Path> files = Files.list(Path.of("examples/clinic1"))) {
      files.sorted().map(GoAgentIT::read).forEach(manifests::applyText);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ClinicOperator operator = watchfulOperator().start();
    manifests.awaitAllReady();
    return operator;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode connect(String file, OnePage page) {
    JsonNode agent = account.connectAgent(file);
    account.upstream(agent, "192.168.1.100:8080", page.address());
    account.upstream(agent, "192.168.1.101:5432", database.address());
    return agent;
  }

  private String visitAPI() {
    return Team.visit(account, API);
  }

  private String databaseURL() {
    return manifests.service("patient-db").getStatus().publicURL();
  }

  private String kit() {
    return manifests.file(KIT, "ngrok.yml");
  }
}
