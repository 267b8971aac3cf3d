package dev.clinicnet.operator.audit;

/** Where audit events go. */
@FunctionalInterface
public interface AuditTrail {

  /** For what needs no record, such as a preview. */
  AuditTrail NONE = event -> {};

  /** Writes an event down. It never fails the caller. */
  void record(AuditEvent event);

  /** This trail, and another one. */
  default AuditTrail and(AuditTrail other) {
    return event -> {
      record(event);
      other.record(event);
    };
  }
}
