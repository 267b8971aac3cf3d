package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.kubernetes.Cluster;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a pass over a service takes access away. Such a pass goes before other passes of its
 * Clinic.
 */
final class UrgentPass {
  private UrgentPass() {}

  static boolean isUrgent(ClinicService service, Cluster cluster, Instant now) {
    Optional<Clinic> clinic = ServiceObservation.clinic(service, cluster);
    return clinic.filter(Clinic::isMarkedForDeletion).isPresent()
        || clinic.filter(Annotations::isQuarantined).isPresent()
        || hasNoSessionLeft(service, cluster, now);
  }

  /** Whether it is still open although its last session has ended. */
  private static boolean hasNoSessionLeft(ClinicService service, Cluster cluster, Instant now) {
    return service.getStatus() != null
        && service.getStatus().onDemand() != null
        && SessionWindow.of(
                cluster.sessionsBy(
                    ClaimKeys.service(
                        service.getMetadata().getNamespace(), service.getMetadata().getName())),
                now)
            .isShut();
  }
}
