package dev.clinicnet.operator.attention;

import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.ClinicSessionStatus;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A session, and what is wrong with it.
 *
 * @param problems the worst first; none if the session is over, because then it is only a record
 */
public record SessionState(ClinicSession session, List<Problem> problems) {
  public SessionState {
    problems = List.copyOf(problems);
  }

  static SessionState of(ClinicSession session, Instant now) {
    SessionState plain = new SessionState(session, List.of());
    if (plain.isOver()) {
      return plain;
    }
    ClinicSessionStatus status = plain.status();
    List<Problem> problems = new ArrayList<>();
    if (plain.isOpen()) {
      Judgement.overdue(session, status.expiresAt(), now).ifPresent(problems::add);
    }
    problems.addAll(Judgement.of(session, status.conditions(), status.observedGeneration(), now));
    return new SessionState(session, Problem.joined(problems));
  }

  /** Whether the session is over. */
  public boolean isOver() {
    return status().phase() == SessionPhase.Closed || status().phase() == SessionPhase.Failed;
  }

  /** Whether the session is open now. */
  public boolean isOpen() {
    return status().phase() == SessionPhase.Open;
  }

  /** Its status; an empty one before there is one. */
  public ClinicSessionStatus status() {
    return ClinicSessionStatus.of(session);
  }

  public String name() {
    return session.getMetadata().getName();
  }
}
