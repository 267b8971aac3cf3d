package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.audit.AuditEvent;
import dev.clinicnet.operator.audit.AuditTrail;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.kubernetes.Annotations;
import java.util.Map;

/** The audit events of a quarantine: that a site was cut off, and that it was let in again. */
final class QuarantineRecord {
  /** An annotation does not tell: everybody who may change a Clinic can write anything into it. */
  private static final String WHO = "who annotated it is in the audit log of the API server only";

  private QuarantineRecord() {}

  /** Records what the new status says and the last one does not. */
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
