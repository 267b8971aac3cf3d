package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.ClinicSessionStatus;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * For whom an on-demand service is to be open: sessions that were accepted, have not expired and
 * are not being deleted. Each ends by itself; the service is open until the last of them does.
 *
 * @param sessions their names, sorted; empty: nobody
 * @param until when the last of them expires; empty when there is none
 * @param next when the first of them expires; empty when there is none
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

  /** Whether nobody is to have it open. */
  boolean isShut() {
    return sessions.isEmpty();
  }

  /** When a session ends; empty before it was accepted, and after its end. */
  private static Optional<Instant> expiry(ClinicSession session) {
    ClinicSessionStatus status = session.getStatus();
    return status == null || status.expiresAt() == null || !ALIVE.contains(status.phase())
        ? Optional.empty()
        : Optional.of(Instant.parse(status.expiresAt()));
  }
}
