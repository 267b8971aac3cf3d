package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.ClinicSessionStatus;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.config.Timestamps;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The sessions for which an on-demand service must be open: those that were accepted, have not
 * expired and are not being deleted. Each ends by itself. The service is open until the last one
 * ends.
 *
 * @param sessions their names, sorted; empty if there are none
 * @param until the expiry of the last one; empty when there is none
 * @param next the expiry of the first one; empty when there is none
 */
record SessionWindow(List<String> sessions, Optional<Instant> until, Optional<Instant> next) {
  private static final Set<SessionPhase> ALIVE =
      EnumSet.of(SessionPhase.Pending, SessionPhase.Open);

  static SessionWindow of(Collection<ClinicSession> sessions, Instant now) {
    List<ClinicSession> alive =
        sessions.stream()
            .filter(session -> !session.isMarkedForDeletion())
            .filter(session -> expiry(session).filter(now::isBefore).isPresent())
            .toList();
    Comparator<Instant> order = Comparator.naturalOrder();
    return new SessionWindow(
        alive.stream().map(session -> session.getMetadata().getName()).sorted().toList(),
        alive.stream().flatMap(session -> expiry(session).stream()).max(order),
        alive.stream().flatMap(session -> expiry(session).stream()).min(order));
  }

  /** Whether no session has the service open. */
  boolean isShut() {
    return sessions.isEmpty();
  }

  /** The end of a session; empty before it was accepted, and after its end. */
  private static Optional<Instant> expiry(ClinicSession session) {
    ClinicSessionStatus status = session.getStatus();
    return status == null || status.expiresAt() == null || !ALIVE.contains(status.phase())
        ? Optional.empty()
        : Optional.of(Timestamps.of(status.expiresAt()));
  }
}
