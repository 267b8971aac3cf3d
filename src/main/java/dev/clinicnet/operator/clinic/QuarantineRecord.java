package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.audit.AuditEvent;
import dev.clinicnet.operator.audit.AuditTrail;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.kubernetes.Annotations;
import java.util.Map;

/** The audit events of a quarantine: its begin and its end. */
final class QuarantineRecord {
  /**
   * The user is not known, because everybody who may change a Clinic can write any text into an
   * annotation.
   */
  private static final String WHO = "who annotated it is in the audit log of the API server only";

  private QuarantineRecord() {}

  /** Records the begin or the end that is new in the status. */
  static void write(Clinic clinic, ClinicStatus now, AuditTrail trail) {
    String before = clinic.getStatus() == null ? null : clinic.getStatus().quarantinedSince();
    if (before == null && now.quarantinedSince() != null) {
      trail.record(event("clinic-quarantined", clinic, now.quarantinedSince()));
    } else if (before != null && now.quarantinedSince() == null) {
      trail.record(event("clinic-released", clinic, before));
    }
  }

  private static AuditEvent event(String what, Clinic clinic, String since) {
    return new AuditEvent(
        what,
        "Clinic " + ClinicNames.path(clinic),
        AuditEvent.UNKNOWN,
        "annotation " + Annotations.QUARANTINE,
        Map.of("since", since, "note", WHO));
  }
}
