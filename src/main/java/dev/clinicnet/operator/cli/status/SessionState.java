package dev.clinicnet.operator.cli.status;

import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.ClinicSessionStatus;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import java.util.List;

/**
 * A session that is not over, and what is wrong with it.
 *
 * @param concerns the worst first
 */
record SessionState(ClinicSession session, List<Concern> concerns) {
  SessionState {
    concerns = List.copyOf(concerns);
  }

  static SessionState of(ClinicSession session) {
    ClinicSessionStatus status = ClinicSessionStatus.of(session);
    return new SessionState(
        session, Concerns.of(session, status.conditions(), status.observedGeneration()));
  }

  /** Whether a session is over: then it is only a record. */
  static boolean isOver(ClinicSession session) {
    SessionPhase phase = ClinicSessionStatus.of(session).phase();
    return phase == SessionPhase.Closed || phase == SessionPhase.Failed;
  }

  boolean isOpen() {
    return status().phase() == SessionPhase.Open;
  }

  ClinicSessionStatus status() {
    return ClinicSessionStatus.of(session);
  }
}
