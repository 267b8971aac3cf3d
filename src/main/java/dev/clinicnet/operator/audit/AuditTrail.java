package dev.clinicnet.operator.audit;

/** Receives audit events. */
@FunctionalInterface
public interface AuditTrail {

  /** A trail that keeps nothing, for example for a preview. */
  AuditTrail NONE = event -> {};

  /** Writes an event down. It never fails the caller. */
  void record(AuditEvent event);

  /** A trail that passes each event to this trail and to another one. */
  default AuditTrail and(AuditTrail other) {
    return event -> {
      record(event);
      other.record(event);
    };
  }
}
