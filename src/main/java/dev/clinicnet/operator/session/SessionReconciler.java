package dev.clinicnet.operator.session;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.ClinicSessionStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.audit.AuditEvent;
import dev.clinicnet.operator.audit.AuditTrail;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.kubernetes.SessionCluster;
import dev.clinicnet.operator.kubernetes.StatusReport;
import dev.clinicnet.operator.reconcile.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the record of one ClinicSession: observe, decide, report. It is not a kind of the {@link
 * dev.clinicnet.operator.reconcile.ReconcileLoop}: a session has no objects at ngrok, so it needs
 * none of the loop's lists, locks, steps and drift.
 */
public final class SessionReconciler {
  private final Duration retention;
  private final AuditTrail trail;
  private final Clock clock;

  /**
   * A reconciler.
   *
   * @param retention the time for which the record of a session is kept after its end
   */
  public SessionReconciler(Duration retention, AuditTrail trail, Clock clock) {
    this.retention = retention;
    this.trail = trail;
    this.clock = clock;
  }

  /** Makes a pass over a session that is not being deleted. */
  public Outcome reconcile(ClinicSession session, SessionCluster cluster) {
    SessionObservation o = observe(session, cluster);
    if (o.hasEnded()) {
      return retain(o, cluster);
    }
    SessionDecision decision = SessionDecision.decide(o);
    report(o, decision, cluster);
    boolean ended = decision.status().closedAt() != null;
    return Outcome.waiting(ended ? Optional.of(removal(o.now())) : decision.requeueAt(), false);
  }

  /** Makes a pass over a session that is being deleted. It may go when nothing is open for it. */
  public Outcome cleanUp(ClinicSession session, SessionCluster cluster) {
    SessionObservation o = observe(session, cluster);
    if (o.hasEnded() || Annotations.isAbandoned(session)) {
      return Outcome.deleted();
    }
    if (o.isHeldOpen()) {
      Verdict why = Verdict.no(Reason.Deleted, "The session is being deleted.");
      report(o, SessionDecision.closing(o, why), cluster);
      return Outcome.waiting(Optional.empty(), false);
    }
    if (o.wasOpen()) {
      String message = "The session was deleted.";
      cluster.emit(session, false, Reason.Deleted, message);
      trail.record(SessionRecord.closed(o, message));
    }
    return Outcome.deleted();
  }

  /**
   * The verdicts on a new session, without any change.
   *
   * @param service the service that it names; empty when there is none
   */
  public static Assessment preview(
      ClinicSession session, Optional<ClinicService> service, Instant now) {
    return SessionDecision.decide(
            new SessionObservation(
                session, ClinicSessionStatus.EMPTY, service, AuditEvent.UNKNOWN, now))
        .assessment();
  }

  private Outcome retain(SessionObservation o, SessionCluster cluster) {
    Instant ended =
        Optional.ofNullable(o.status().closedAt()).map(Instant::parse).orElse(o.createdAt());
    Instant removal = removal(ended);
    if (o.now().isBefore(removal)) {
      return Outcome.waiting(Optional.of(removal), false);
    }
    cluster.delete(o.session());
    return Outcome.waiting(Optional.empty(), false);
  }

  private Instant removal(Instant ended) {
    return ended.plus(retention);
  }

  private SessionObservation observe(ClinicSession session, SessionCluster cluster) {
    ClinicSessionStatus status = ClinicSessionStatus.of(session);
    return new SessionObservation(
        session,
        status,
        cluster.service(
            session.getMetadata().getNamespace(), session.getSpec().serviceRef().name()),
        status.openedBy() == null ? requester(session, cluster) : status.openedBy(),
        clock.instant());
  }

  /** The text of the annotation counts only if the API server itself has written it. */
  private static String requester(ClinicSession session, SessionCluster cluster) {
    return Annotations.get(session, Annotations.REQUESTED_BY)
        .filter(user -> cluster.vouchesForRequesters())
        .orElse(AuditEvent.UNKNOWN);
  }

  private void report(SessionObservation o, SessionDecision decision, SessionCluster cluster) {
    ClinicSession session = o.session();
    long generation = session.getMetadata().getGeneration();
    List<Condition> before = o.status().conditions();
    List<Condition> conditions = decision.assessment().conditions(before, generation, o.now());
    // This comes before the status, because a repeated record is better than a missing one.
    audit(o, decision);
    new StatusReport(cluster)
        .write(
            session,
            new ClinicSession(),
            decision.status().judged(generation, conditions),
            before,
            conditions);
  }

  private void audit(SessionObservation o, SessionDecision decision) {
    ClinicSessionStatus now = decision.status();
    if (now.openedAt() != null && !o.wasOpen()) {
      trail.record(SessionRecord.opened(o, now));
    }
    String why = decision.assessment().get(ConditionType.Open).map(Verdict::message).orElse("");
    if (now.phase() == SessionPhase.Closed) {
      trail.record(SessionRecord.closed(o, why));
    } else if (now.phase() == SessionPhase.Failed) {
      trail.record(SessionRecord.failed(o, why));
    }
  }
}
