package dev.clinicnet.operator.it.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.OnDemandStatus;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.config.EdgeAddress;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.OnDemandSite;
import dev.clinicnet.testkit.OperatorProcess;
import dev.clinicnet.testkit.OperatorProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The operator is killed while a request is running, at every step of opening and closing. Three
 * sites are at the same step. The first request never arrives, the second arrives after the end of
 * the operator, and the third arrived before.
 */
class SessionKillIT extends InOneNamespace {
  /** The time from the leadership until everything overdue is closed. */
  private static final Duration SOON = Duration.ofSeconds(10);

  private static final Set<SessionPhase> ENDS =
      EnumSet.of(SessionPhase.Closed, SessionPhase.Failed);
  private static final List<String> FATES =
      List.of(
          "\"hold\": true, \"status\": 503",
          "\"hold\": true",
          "\"hold\": true, \"after\": \"commit\"");

  @RegisterExtension final OperatorProcesses operators = new OperatorProcesses(namespace);

  private List<OnDemandSite> sites;

  /** The step at which the operator is killed, for a service that is opened in either way. */
  enum Step {
    OPEN(false, "POST", "/endpoints", Change.OPEN),
    EXTEND(false, "PATCH", "/endpoints/{id}", Change.EXTEND),
    SHORTEN(false, "PATCH", "/endpoints/{id}", Change.SHORTEN),
    EXPIRE(false, "DELETE", "/endpoints/{id}", Change.EXPIRE),
    DELETE_SESSION(false, "DELETE", "/endpoints/{id}", Change.DELETE_SESSION),
    DELETE_SERVICE(false, "DELETE", "/endpoints/{id}", Change.DELETE_SERVICE),
    START_AT_AGENT(true, "POST", "/agent-api/endpoints", Change.OPEN),
    OPEN_AFTER_AGENT(true, "POST", "/endpoints", Change.OPEN),
    EXPIRE_BEFORE_AGENT(true, "DELETE", "/endpoints/{id}", Change.EXPIRE),
    STOP_AT_AGENT(true, "DELETE", "/agent-api/endpoints/{id}", Change.EXPIRE),
    STOP_FOR_SESSION(true, "DELETE", "/agent-api/endpoints/{id}", Change.DELETE_SESSION),
    STOP_FOR_SERVICE(true, "DELETE", "/agent-api/endpoints/{id}", Change.DELETE_SERVICE);

    private final boolean throughAgent;
    private final String method;
    private final String path;
    private final Change change;

    Step(boolean throughAgent, String method, String path, Change change) {
      this.throughAgent = throughAgent;
      this.method = method;
      this.path = path;
      this.change = change;
    }
  }

  /** The change that makes the operator work. */
  enum Change {
    OPEN,
    EXTEND,
    SHORTEN,
    EXPIRE,
    DELETE_SESSION,
    DELETE_SERVICE
  }

  @BeforeEach
  void openSites() {
    sites =
        Stream.of("ann", "ben", "cid")
            .map(name -> new OnDemandSite(account, manifests, name))
            .toList();
  }

  @AfterEach
  void closeSites() {
    sites.forEach(OnDemandSite::close);
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void everyAccessEndsOnTimeAndNothingIsLeft(Step step) throws IOException {
    OperatorProcess first = process();
    forEach(site -> manifests.applyText(manifests(site, step.throughAgent)));
    manifests.awaitAllReady();
    List<JsonNode> agents = sites.stream().map(OnDemandSite::connectAgent).toList();
    prepare(step.change);

    FATES.forEach(
        fate ->
            account.fault(
                "{\"method\": \"%s\", \"path\": \"%s\", %s}"
                    .formatted(step.method, step.path, fate)));
    trigger(step.change);
    await().atMost(Duration.ofSeconds(60)).until(() -> account.held() == sites.size());
    first.kill();
    account.clearFaults();

    awaitEndsAtTheEdge();
    process().awaitLeading();
    await().atMost(SOON).untilAsserted(this::assertNothingIsOpen);
    eventually(() -> agents.forEach(agent -> assertNothingIsStarted(agent, step.throughAgent)));
  }

  private OperatorProcess process() throws IOException {
    EdgeAddress edge = account.edge();
    Path authorities = Files.createTempFile("edge", ".pem");
    Files.writeString(authorities, edge.authorities().orElseThrow());
    return operators
        .alone()
        .with("--agent-interval", "500ms")
        .with("--edge-address", "127.0.0.1:" + edge.address().getPort())
        .with("--edge-ca-file", authorities.toString())
        .start(account.url());
  }

  private static String manifests(OnDemandSite site, boolean throughAgent) {
    return throughAgent
        ? site.clinic("agent: {api: {host: " + site.service() + "-agent.api.example.com}}")
            + "---\n"
            + site.dashboard("onDemand: {via: AgentAPI}")
        : site.clinic() + "---\n" + site.dashboard();
  }

  /** Each session lasts longer than the steps while it is open, also on a loaded machine. */
  private void prepare(Change change) {
    switch (change) {
      case OPEN -> {}
      case EXTEND -> open("s1", "15s");
      case SHORTEN -> {
        open("s1", "20s");
        open("s2", "10m");
      }
      case EXPIRE -> open("s1", "12s");
      case DELETE_SESSION, DELETE_SERVICE -> open("s1", "10m");
    }
  }

  private void trigger(Change change) {
    switch (change) {
      case OPEN -> forEach(site -> manifests.applyText(site.session(name(site, "s1"), "6s")));
      case EXTEND -> forEach(site -> manifests.applyText(site.session(name(site, "s2"), "20s")));
      case SHORTEN -> forEach(site -> manifests.deleteSession(name(site, "s2")));
      case EXPIRE -> {}
      case DELETE_SESSION -> forEach(site -> manifests.deleteSession(name(site, "s1")));
      case DELETE_SERVICE -> forEach(site -> manifests.deleteService(site.service()));
    }
  }

  private void open(String session, String duration) {
    forEach(site -> manifests.applyText(site.session(name(site, session), duration)));
    forEach(site -> manifests.awaitSession(name(site, session), SessionPhase.Open));
    forEach(site -> assertThat(site.ask()).isEqualTo("200"));
  }

  /** The time without work: it begins at the end of the last session that was not deleted. */
  private void awaitEndsAtTheEdge() {
    Instant end =
        manifests.sessions().stream()
            .filter(session -> !session.isMarkedForDeletion())
            .map(session -> session.getStatus().expiresAt())
            .map(Instant::parse)
            .filter(expiry -> expiry.isBefore(Instant.now().plusSeconds(60)))
            .max(Instant::compareTo)
            .orElse(Instant.now());
    await().atMost(Duration.ofSeconds(60)).until(() -> !Instant.now().isBefore(end));
    boolean deleted = manifests.sessions().stream().anyMatch(ClinicSession::isMarkedForDeletion);
    boolean goes = manifests.services().size() < sites.size() || isServiceDeleted();
    if (!deleted && !goes) {
      forEach(site -> assertThat(site.ask()).isNotEqualTo("200"));
    }
  }

  private boolean isServiceDeleted() {
    return manifests.services().stream().anyMatch(service -> service.isMarkedForDeletion());
  }

  private void assertNothingIsOpen() {
    forEach(site -> assertThat(site.isPublished()).isFalse());
    manifests.sessions().forEach(SessionKillIT::assertEnded);
    manifests
        .services()
        .forEach(
            service -> {
              OnDemandStatus open = service.getStatus().onDemand();
              assertThat(open == null || open.sessions().isEmpty()).isTrue();
              assertThat(service.getStatus().publicURL()).isNull();
            });
  }

  private void assertNothingIsStarted(JsonNode agent, boolean throughAgent) {
    if (throughAgent) {
      assertThat(account.agentEndpoints(agent)).containsExactly("agent-api");
    }
    manifests.services().forEach(service -> assertThat(service.getStatus().onDemand()).isNull());
  }

  private static void assertEnded(ClinicSession session) {
    assertThat(session.getStatus().phase()).as(session.getMetadata().getName()).isIn(ENDS);
  }

  private void forEach(Consumer<OnDemandSite> action) {
    sites.forEach(action);
  }

  private static String name(OnDemandSite site, String session) {
    return site.service() + "-" + session;
  }
}
