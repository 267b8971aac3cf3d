package dev.clinicnet.operator.session;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.ClinicSessionStatus;
import dev.clinicnet.operator.audit.AuditEvent;
import dev.clinicnet.operator.condition.Assessment;
import java.time.Instant;
import java.util.Optional;

/** What would be said of a session that was just created, while nothing is done. */
public final class SessionPreview {
  private SessionPreview() {}

  /**
   * The verdicts of one pass.
   *
   * @param service the service that it names; empty when there is none
   */
  public static Assessment of(ClinicSession session, Optional<ClinicService> service, Instant now) {
    return SessionDecision.decide(
            new SessionObservation(
                session, ClinicSessionStatus.EMPTY, service, AuditEvent.UNKNOWN, now))
        .assessment();
  }
}
