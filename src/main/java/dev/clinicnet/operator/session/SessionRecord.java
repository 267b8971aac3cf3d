package dev.clinicnet.operator.session;

import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.ClinicSessionStatus;
import dev.clinicnet.operator.audit.AuditEvent;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** The audit events of a session: the user, the service, the reason and the time. */
final class SessionRecord {
  private SessionRecord() {}

  static AuditEvent opened(SessionObservation o, ClinicSessionStatus now) {
    Map<String, String> details = details(o);
    details.put("url", now.publicURL());
    details.put("openedAt", now.openedAt());
    details.put("expiresAt", now.expiresAt());
    return event("session-opened", o, details);
  }

  static AuditEvent closed(SessionObservation o, String because) {
    Map<String, String> details = details(o);
    details.put("openedAt", o.status().openedAt());
    details.put("expiresAt", o.status().expiresAt());
    details.put("closedAt", o.now().truncatedTo(ChronoUnit.SECONDS).toString());
    details.put("because", because);
    return event("session-closed", o, details);
  }

  static AuditEvent failed(SessionObservation o, String because) {
    Map<String, String> details = details(o);
    details.put("because", because);
    return event("session-failed", o, details);
  }

  private static Map<String, String> details(SessionObservation o) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("service", o.session().getSpec().serviceRef().name());
    details.put("duration", o.session().getSpec().duration());
    return details;
  }

  private static AuditEvent event(String what, SessionObservation o, Map<String, String> details) {
    ClinicSession session = o.session();
    String why = session.getSpec().reason();
    return new AuditEvent(
        what,
        "ClinicSession "
            + session.getMetadata().getNamespace()
            + "/"
            + session.getMetadata().getName(),
        o.requester(),
        why == null ? "" : why,
        details);
  }
}
