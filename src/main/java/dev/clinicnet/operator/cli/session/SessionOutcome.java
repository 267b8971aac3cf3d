package dev.clinicnet.operator.cli.session;

import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.ClinicSessionStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;

/** What has become of a session that somebody waits for. */
enum SessionOutcome {
  WAITING,
  /** The service does not exist, or does not exist yet. */
  NO_SERVICE,
  OPEN,
  REFUSED,
  OVER,
  /** Somebody has deleted it. */
  GONE;

  /** Reads it from a session; null: it does not exist. */
  static SessionOutcome of(ClinicSession session) {
    if (session == null || session.getMetadata().getDeletionTimestamp() != null) {
      return GONE;
    }
    ClinicSessionStatus status = ClinicSessionStatus.of(session);
    if (status.phase() == null) {
      return WAITING;
    }
    return switch (status.phase()) {
      case Pending ->
          Conditions.says(status.conditions(), ConditionType.ResolvedRefs, Reason.ServiceNotFound)
              ? NO_SERVICE
              : WAITING;
      case Open -> OPEN;
      case Failed -> REFUSED;
      case Closed -> OVER;
    };
  }

  /** Why a session is not open, in the words of its conditions. */
  static String why(ClinicSession session) {
    ClinicSessionStatus status =
        session == null ? ClinicSessionStatus.EMPTY : ClinicSessionStatus.of(session);
    return Conditions.find(status.conditions(), ConditionType.Ready)
        .map(ready -> ready.reason() + ": " + ready.message())
        .orElse("the operator has not looked at it: see whether the operator runs")
        .replaceAll("[\\p{Cc}\\p{Cf}]+", " ");
  }
}
