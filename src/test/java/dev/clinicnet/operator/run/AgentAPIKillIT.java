package dev.clinicnet.operator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.config.EdgeAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The operator is killed while it opens or closes a session at the agent. Three sites are at the
 * same step: the request of one never arrives, that of another arrives when the operator is dead,
 * and that of the third had arrived before.
 */
class AgentAPIKillIT extends InOneNamespace {
  private static final String LONG = "10m";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> FATES =
      List.of(
          "\"hold\": true, \"status\": 503",
          "\"hold\": true",
          "\"hold\": true, \"after\": \"commit\"");

  @RegisterExtension final OperatorProcesses operators = new OperatorProcesses(namespace);
  @TempDir private Path directory;

  private final List<JsonNode> agents = new ArrayList<>();
  private List<AgentAPISite> sites;

  /** What the operator is about when it is killed. */
  enum Step {
    START("POST", "/agent-api/endpoints"),
    OPEN("POST", "/endpoints"),
    CLOSE("DELETE", "/endpoints/{id}"),
    STOP("DELETE", "/agent-api/endpoints/{id}");

    private final String method;
    private final String path;

    Step(String method, String path) {
      this.method = method;
      this.path = path;
    }

    private boolean opens() {
      return this == START || this == OPEN;
    }
  }

  @BeforeEach
  void openSites() {
    sites =
        Stream.of("ann", "ben", "cid")
            .map(name -> new AgentAPISite(account, manifests, name))
            .toList();
  }

  @AfterEach
  void closeSites() {
    sites.forEach(AgentAPISite::close);
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void nothingIsLeftAtTheEdgeNorAtTheAgent(Step step) throws IOException {
    OperatorProcess first = start();
    forEach(site -> manifests.applyText(site.clinic() + "---\n" + site.dashboard()));
    manifests.awaitAllReady();
    forEach(site -> agents.add(site.site().connectAgent()));
    if (!step.opens()) {
      open();
    }

    FATES.forEach(
        fate ->
            account.fault(
                "{\"method\": \"%s\", \"path\": \"%s\", %s}"
                    .formatted(step.method, step.path, fate)));
    if (step.opens()) {
      forEach(site -> manifests.applyText(site.site().session(session(site), LONG)));
    } else {
      forEach(site -> manifests.deleteSession(session(site)));
    }
    await().atMost(PATIENCE).until(() -> account.held() == sites.size());
    first.kill();
    account.clearFaults();
    if (step.opens()) {
      forEach(site -> manifests.deleteSession(session(site)));
    }

    start().awaitLeading();
    await().atMost(PATIENCE).untilAsserted(this::assertNothingIsLeft);
  }

  private void assertNothingIsLeft() {
    assertThat(account.all("endpoints"))
        .filteredOn(endpoint -> endpoint.path("type").asText().equals("cloud"))
        .extracting(endpoint -> endpoint.path("url").asText())
        .allMatch(url -> url.startsWith("https://agent-"));
    agents.forEach(agent -> assertThat(account.agentEndpoints(agent)).containsExactly("agent-api"));
    assertThat(manifests.services()).allMatch(service -> service.getStatus().onDemand() == null);
    assertThat(manifests.sessions()).isEmpty();
  }

  private void open() {
    forEach(site -> manifests.applyText(site.site().session(session(site), LONG)));
    forEach(site -> manifests.awaitSession(session(site), SessionPhase.Open));
    forEach(site -> assertThat(site.site().ask()).isEqualTo("200"));
  }

  private OperatorProcess start() throws IOException {
    EdgeAddress edge = account.edge();
    Path authority = directory.resolve("edge.pem");
    Files.writeString(authority, edge.authorities().orElseThrow());
    return operators
        .alone()
        .with("--edge-address", "127.0.0.1:" + edge.address().getPort())
        .with("--edge-ca-file", authority.toString())
        .with("--agent-interval", "1s")
        .start(account.url());
  }

  private void forEach(Consumer<AgentAPISite> action) {
    sites.forEach(action);
  }

  private static String session(AgentAPISite site) {
    return site.site().service() + "-s";
  }
}
