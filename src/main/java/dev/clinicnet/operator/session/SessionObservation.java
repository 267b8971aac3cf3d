package dev.clinicnet.operator.session;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.ClinicSessionStatus;
import dev.clinicnet.operator.api.v1alpha1.OnDemandStatus;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.config.Durations;
import dev.clinicnet.operator.config.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything that a decision on one session depends on.
 *
 * @param status its last status
 * @param service the service that it names; empty when there is none
 * @param requester the user who created it, if the API server confirms it
 */
record SessionObservation(
    ClinicSession session,
    ClinicSessionStatus status,
    Optional<ClinicService> service,
    String requester,
    Instant now) {

  Duration duration() {
    return Durations.parse(session.getSpec().duration());
  }

  Optional<Instant> expiresAt() {
    return Optional.ofNullable(status.expiresAt()).map(Instant::parse);
  }

  /** The time of the request; now, if it is not known. */
  Instant createdAt() {
    String created = session.getMetadata().getCreationTimestamp();
    return created == null ? now : Timestamps.of(created);
  }

  boolean hasEnded() {
    return status.phase() == SessionPhase.Closed || status.phase() == SessionPhase.Failed;
  }

  boolean wasOpen() {
    return status.openedAt() != null;
  }

  /** Whether its service exists and is not being deleted. */
  boolean hasService() {
    return service.filter(s -> !s.isMarkedForDeletion()).isPresent();
  }

  /** Whether the site of its service is being deleted or was cut off. */
  Optional<Reason> siteIsGone() {
    return serviceStatus()
        .flatMap(
            status ->
                says(status, ConditionType.ResolvedRefs, Reason.ClinicDeleting)
                    ? Optional.of(Reason.ClinicDeleting)
                    : Optional.of(Reason.Quarantined)
                        .filter(reason -> says(status, ConditionType.Programmed, reason)));
  }

  /** Whether the status of the service names this session as open. */
  boolean isHeldOpen() {
    return onDemand()
        .filter(open -> open.sessions().contains(session.getMetadata().getName()))
        .isPresent();
  }

  /** Whether the service is open for the whole time of this session. */
  boolean isOpen() {
    return isHeldOpen()
        && serviceStatus().filter(s -> s.publicURL() != null).isPresent()
        && onDemand()
            .map(OnDemandStatus::openUntil)
            .filter(until -> until != null)
            .map(Instant::parse)
            .filter(until -> expiresAt().filter(end -> !end.isAfter(until)).isPresent())
            .isPresent();
  }

  Optional<ClinicServiceStatus> serviceStatus() {
    return service.map(ClinicService::getStatus);
  }

  private Optional<OnDemandStatus> onDemand() {
    return serviceStatus().map(ClinicServiceStatus::onDemand);
  }

  private static boolean says(ClinicServiceStatus status, ConditionType type, Reason reason) {
    return Conditions.says(status.conditions(), type, reason);
  }
}
