package dev.clinicnet.operator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.OnDemandStatus;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
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
 * The operator is killed while a request is under way, at every step of opening and closing. Three
 * sites are at the same step: the request of one never arrives, that of another arrives when the
 * operator is dead, and that of the third had arrived before.
 */
class SessionKillIT extends InOneNamespace {
  /** From leading to everything closed that is overdue. */
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

  /** What the operator is about when it is killed. */
  enum Step {
    OPEN("POST", "/endpoints"),
    EXTEND("PATCH", "/endpoints/{id}"),
    SHORTEN("PATCH", "/endpoints/{id}"),
    EXPIRE("DELETE", "/endpoints/{id}"),
    DELETE_SESSION("DELETE", "/endpoints/{id}"),
    DELETE_SERVICE("DELETE", "/endpoints/{id}");

    private final String method;
    private final String path;

    Step(String method, String path) {
      this.method = method;
      this.path = path;
    }
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
  void everyAccessEndsOnTimeAndNothingIsLeft(Step step) {
    OperatorProcess first = operators.start(account.url());
    forEach(site -> manifests.applyText(site.clinic() + "---\n" + site.dashboard()));
    manifests.awaitAllReady();
    forEach(OnDemandSite::connectAgent);
    prepare(step);

    FATES.forEach(
        fate ->
            account.fault(
                "{\"method\": \"%s\", \"path\": \"%s\", %s}"
                    .formatted(step.method, step.path, fate)));
    trigger(step);
    await().atMost(Duration.ofSeconds(60)).until(() -> account.held() == sites.size());
    first.kill();
    account.clearFaults();

    awaitEndsAtTheEdge();
    operators.start(account.url()).awaitLeading();
    await().atMost(SOON).untilAsserted(this::assertNothingIsOpen);
  }

  private void prepare(Step step) {
    switch (step) {
      case OPEN -> {}
      case EXTEND -> open("s1", "15s");
      case SHORTEN -> {
        open("s1", "12s");
        open("s2", "10m");
      }
      case EXPIRE -> open("s1", "6s");
      case DELETE_SESSION, DELETE_SERVICE -> open("s1", "10m");
    }
  }

  private void trigger(Step step) {
    switch (step) {
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

  /** While nobody works: from the end of the last session that nobody has deleted. */
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
    assertThat(account.names("endpoints", "type")).doesNotContain("cloud");
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
