package dev.clinicnet.operator.session;

import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static dev.clinicnet.operator.session.SessionBuilder.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.OnDemand;
import dev.clinicnet.operator.api.v1alpha1.OnDemandStatus;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.audit.AuditEvent;
import dev.clinicnet.operator.claim.ServiceBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.EventReason;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.kubernetes.SessionCluster;
import dev.clinicnet.operator.reconcile.Outcome;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A session from its creation to its removal, with a service that is told what it says. */
class SessionReconcilerTest implements SessionCluster {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final String END = "2026-03-01T01:00:00Z";
  private static final String URL = "https://web.api.com";

  private final List<AuditEvent> trail = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final List<String> deleted = new ArrayList<>();
  private ClinicSession session = session("s1").because("ticket 4711").build();
  private ClinicService service =
      ServiceBuilder.service("web").https("web.api.com").onDemand().build();
  private boolean vouches = true;
  private Instant now = START;

  @Test
  void itIsAcceptedOpensAndExpires() {
    assertThat(pass().requeueAt()).contains(Instant.parse(END));
    assertThat(session.getStatus().phase()).isEqualTo(SessionPhase.Pending);
    assertThat(session.getStatus().expiresAt()).isEqualTo(END);
    assertThat(says(ConditionType.Ready)).isEqualTo("False Pending");
    assertThat(says(ConditionType.Reconciling)).isEqualTo("True Pending");
    assertThat(says(ConditionType.Open)).isEqualTo("False NotOpenYet");

    openUntil(END, "s1");
    now = START.plusSeconds(2);
    assertThat(pass().requeueAt()).contains(Instant.parse(END));
    assertThat(session.getStatus().phase()).isEqualTo(SessionPhase.Open);
    assertThat(session.getStatus().publicURL()).isEqualTo(URL);
    assertThat(session.getStatus().openedAt()).isEqualTo("2026-03-01T00:00:02Z");
    assertThat(says(ConditionType.Ready)).isEqualTo("True SessionOpen");
    assertThat(says(ConditionType.Open)).isEqualTo("True Opened");

    now = Instant.parse(END);
    pass();
    assertThat(says(ConditionType.Open)).as("at ngrok it has ended").isEqualTo("False Expired");
    assertThat(says(ConditionType.Ready)).isEqualTo("False Closing");

    closed();
    pass();
    assertThat(session.getStatus().phase()).isEqualTo(SessionPhase.Closed);
    assertThat(session.getStatus().publicURL()).isNull();
    assertThat(session.getStatus().closedAt()).isEqualTo(END);
    assertThat(says(ConditionType.Ready)).isEqualTo("True SessionClosed");
    assertThat(says(ConditionType.Open)).isEqualTo("False Expired");
    assertThat(says(ConditionType.Reconciling)).isEmpty();
    assertThat(trail)
        .extracting(AuditEvent::what)
        .containsExactly("session-opened", "session-closed");
    assertThat(trail).extracting(AuditEvent::why).containsOnly("ticket 4711");
    assertThat(events).contains("Opened", "Expired");
  }

  @Test
  void itIsOpenOnlyOnceTheServiceIsOpenForAllOfItsTime() {
    pass();
    openUntil("2026-03-01T00:30:00Z", "s0", "s1");
    pass();

    assertThat(session.getStatus().phase()).isEqualTo(SessionPhase.Pending);
  }

  @Test
  void anEndedSessionIsKeptAndThenRemoved() {
    session = session("s1").closed(END).build();

    assertThat(pass().requeueAt()).contains(Instant.parse(END).plus(Duration.ofDays(30)));
    assertThat(deleted).isEmpty();

    now = Instant.parse(END).plus(Duration.ofDays(30));
    pass();
    assertThat(deleted).containsExactly("s1");
  }

  @Test
  void whoCreatedItIsKnownOnlyWhereTheAPIServerVouchesForIt() {
    session = session("s1").annotation(Annotations.REQUESTED_BY, "ann").build();
    pass();
    assertThat(session.getStatus().openedBy()).isEqualTo("ann");

    vouches = false;
    pass();
    assertThat(session.getStatus().openedBy()).as("it was true then").isEqualTo("ann");

    session = session("s2").annotation(Annotations.REQUESTED_BY, "eve").build();
    pass();
    assertThat(session.getStatus().openedBy()).isEqualTo(AuditEvent.UNKNOWN);
  }

  @Test
  void aServiceThatIsAlwaysOpenRefusesIt() {
    service = ServiceBuilder.service("web").https("web.api.com").build();
    pass();
    assertFailed("False NotOnDemand");
  }

  @Test
  void aSessionThatIsTooLongIsRefused() {
    session = session("s1").duration("8h1s").build();
    pass();
    assertFailed("False DurationTooLong");
  }

  @Test
  void aServiceMayAskForAReason() {
    service =
        ServiceBuilder.service("web")
            .https("web.api.com")
            .onDemand(new OnDemand(null, null, true))
            .build();
    session = session("s1").build();
    pass();
    assertFailed("False ReasonRequired");
  }

  @Test
  void aSiteThatIsGoingRefusesIt() {
    serviceSays(ConditionType.ResolvedRefs, "ClinicDeleting", null);
    pass();
    assertFailed("False ClinicDeleting");
  }

  @Test
  void aSiteThatIsCutOffRefusesIt() {
    serviceSays(ConditionType.Programmed, "Quarantined", null);
    pass();
    assertFailed("False Quarantined");
  }

  @Test
  void aSiteThatIsCutOffEndsIt() {
    pass();
    openUntil(END, "s1");
    pass();
    serviceSays(ConditionType.Programmed, "Quarantined", null);
    pass();
    assertThat(session.getStatus().phase()).isEqualTo(SessionPhase.Closed);
    assertThat(says(ConditionType.Open)).isEqualTo("False Quarantined");
  }

  @Test
  void aMissingServiceIsWaitedForAsLongAsTheSessionWouldHaveLasted() {
    service = null;
    assertThat(pass().requeueAt()).contains(Instant.parse(END));
    assertThat(session.getStatus().phase()).isEqualTo(SessionPhase.Pending);
    assertThat(says(ConditionType.ResolvedRefs)).isEqualTo("False ServiceNotFound");
    assertThat(says(ConditionType.Stalled)).isEqualTo("True ServiceNotFound");

    now = Instant.parse(END);
    pass();
    assertThat(session.getStatus().phase()).isEqualTo(SessionPhase.Failed);
  }

  @Test
  void aSessionThatNeverOpenedHasFailedAndSaysWhatTheServiceWaitedFor() {
    pass();
    serviceSays(ConditionType.Ready, "WaitingForDomain", null);
    pass();
    assertThat(says(ConditionType.Ready)).isEqualTo("False ServiceNotReady");

    now = Instant.parse(END);
    pass();
    assertThat(session.getStatus().phase()).isEqualTo(SessionPhase.Failed);
    assertThat(says(ConditionType.Ready)).isEqualTo("False NeverOpened");
    assertThat(message(ConditionType.Programmed)).contains("WaitingForDomain");
    assertThat(trail).extracting(AuditEvent::what).containsExactly("session-failed");
  }

  @Test
  void itEndsWithItsService() {
    session = session("s1").open(END).build();
    service = ServiceBuilder.service("web").https("web.api.com").onDemand().terminating().build();
    openUntil(END, "s1");
    pass();
    assertThat(says(ConditionType.Open)).isEqualTo("False ServiceGone");
    assertThat(session.getStatus().closedAt()).as("still being taken down").isNull();

    service = null;
    pass();
    assertThat(session.getStatus().phase()).isEqualTo(SessionPhase.Closed);
  }

  @Test
  void itEndsWhenItsServiceIsNotOnDemandAnyMore() {
    session = session("s1").open(END).build();
    service = ServiceBuilder.service("web").https("web.api.com").build();
    pass();
    assertThat(session.getStatus().phase()).isEqualTo(SessionPhase.Closed);
    assertThat(says(ConditionType.Open)).isEqualTo("False NotOnDemand");
  }

  @Test
  void aDeletedSessionStaysUntilNothingIsOpenForIt() {
    session = session("s1").open(END).terminating().build();
    openUntil(END, "s1");

    assertThat(cleanUp().finished()).isFalse();
    assertThat(says(ConditionType.Open)).isEqualTo("False Deleted");
    closed();
    assertThat(cleanUp().finished()).isTrue();
    assertThat(trail).extracting(AuditEvent::what).containsExactly("session-closed");
    assertThat(events).contains("Deleted");
  }

  @Test
  void anAbandonedSessionGoesAtOnceAndSoDoesOneThatHasEnded() {
    session = session("s1").open(END).terminating().annotation(Annotations.ABANDON, "true").build();
    openUntil(END, "s1");
    assertThat(cleanUp().finished()).isTrue();

    session = session("s1").closed(END).terminating().build();
    assertThat(cleanUp().finished()).isTrue();
    assertThat(trail).isEmpty();
  }

  @Test
  void aPassThatFindsNothingNewWritesNothing() {
    pass();
    ClinicSession before = session;
    pass();
    assertThat(session).isSameAs(before);
  }

  private void assertFailed(String accepted) {
    assertThat(session.getStatus().phase()).isEqualTo(SessionPhase.Failed);
    assertThat(says(ConditionType.Accepted)).isEqualTo(accepted);
    assertThat(says(ConditionType.Open)).isEqualTo("False Refused");
    assertThat(says(ConditionType.Stalled)).startsWith("True");
    assertThat(session.getStatus().closedAt()).isNotNull();
  }

  private Outcome pass() {
    return reconciler().reconcile(session, this);
  }

  private Outcome cleanUp() {
    return reconciler().cleanUp(session, this);
  }

  @Test
  void anOpenSessionSaysWhetherAnAgentAnswers() {
    pass();
    Condition offline =
        new Condition(
            ConditionType.AgentOnline.name(),
            ConditionStatus.False,
            1L,
            START.toString(),
            "EndpointNotBound",
            "No agent binds it now.");
    service.setStatus(status(List.of(offline), URL, new OnDemandStatus(List.of("s1"), END, null)));

    pass();

    assertThat(session.getStatus().phase()).isEqualTo(SessionPhase.Open);
    assertThat(says(ConditionType.AgentOnline)).isEqualTo("False EndpointNotBound");
    assertThat(events).contains("EndpointNotBound");
  }

  private SessionReconciler reconciler() {
    return new SessionReconciler(Duration.ofDays(30), trail::add, Clock.fixed(now, ZoneOffset.UTC));
  }

  private void openUntil(String until, String... sessions) {
    service.setStatus(status(List.of(), URL, new OnDemandStatus(List.of(sessions), until, null)));
  }

  private void closed() {
    service.setStatus(status(List.of(), null, null));
  }

  private void serviceSays(ConditionType type, String reason, OnDemandStatus onDemand) {
    Condition condition =
        new Condition(type.name(), ConditionStatus.False, 1L, START.toString(), reason, "because");
    service.setStatus(status(List.of(condition), null, onDemand));
  }

  private static ClinicServiceStatus status(
      List<Condition> conditions, String publicURL, OnDemandStatus onDemand) {
    return serviceStatus().conditions(conditions).publicURL(publicURL).onDemand(onDemand).build();
  }

  private String says(ConditionType type) {
    return Conditions.find(session.getStatus().conditions(), type)
        .map(condition -> condition.status() + " " + condition.reason())
        .orElse("");
  }

  private String message(ConditionType type) {
    return Conditions.find(session.getStatus().conditions(), type).orElseThrow().message();
  }

  @Override
  public Optional<ClinicService> service(String namespace, String name) {
    return Optional.ofNullable(service);
  }

  @Override
  public void delete(ClinicSession old) {
    deleted.add(old.getMetadata().getName());
  }

  @Override
  public boolean vouchesForRequesters() {
    return vouches;
  }

  @Override
  public void applyStatus(HasMetadata withStatus) {
    ClinicSession next = new ClinicSession();
    next.setMetadata(session.getMetadata());
    next.setSpec(session.getSpec());
    next.setStatus(((ClinicSession) withStatus).getStatus());
    session = next;
  }

  @Override
  public void emit(HasMetadata about, boolean warning, EventReason reason, String message) {
    events.add(reason.name());
  }
}
