package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.agent.LockKeys;
import dev.clinicnet.operator.agent.LockNote;
import dev.clinicnet.operator.agent.TLSTermination;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.InternalLockStatus;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.kubernetes.Annotations;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The internal locks of a Clinic's services, as far as the site kit has them. The keys are in the
 * Secret of the site kit. The kit demands the secret of a service only when the public endpoint of
 * the service sends one and nobody is about to end that, so that an installed kit never refuses the
 * requests of clients.
 */
record SiteLock(ClinicObservation o, Optional<LockKeys> keys) {

  static SiteLock of(ClinicObservation o) {
    return new SiteLock(o, o.secret().lockKeys());
  }

  /** What opens the lock of a service in the site kit; empty without a lock. */
  List<String> admitted(ClinicService service, Optional<TLSTermination> termination) {
    if (!service.getSpec().locked()) {
      return List.of();
    }
    if (!isOnRequests(service)) {
      return termination.filter(its -> its.clientCAs() != null).isPresent()
          ? List.of(LockNote.CLIENT_CERTIFICATE)
          : List.of();
    }
    InternalLockStatus lock = ClinicServiceStatus.of(service).internalLock();
    // A lock that was off may be about to be released, until the service says that it is on again.
    if (lock == null || lock.offSince() != null) {
      return List.of();
    }
    // What is sent is there too, because the keys may be new: somebody may have deleted the Secret.
    return Stream.concat(
            Stream.of(lock.sends()),
            keys.stream().flatMap(its -> its.hashes(ClinicNames.path(service)).stream()))
        .distinct()
        .sorted()
        .toList();
  }

  /** Whether the keys in the Secret must be written: there are none, or a rotation is complete. */
  boolean isDue() {
    return !locked().isEmpty() && (keys.isEmpty() || rotates());
  }

  /** The keys to write when they are due. */
  LockKeys renewed(SecureRandom random) {
    return keys.map(its -> its.advanced(random)).orElseGet(() -> LockKeys.generate(random));
  }

  /** The name of the keys for the status; null while no service needs them, or there are none. */
  String id() {
    return locked().isEmpty() ? null : keys.map(LockKeys::id).orElse(null);
  }

  /**
   * Whether the rotation that the annotation asks for is complete: the public endpoint of every
   * locked service sends the secret of the next key.
   */
  private boolean rotates() {
    LockKeys its = keys.orElseThrow();
    return isRotationAsked(o)
        && locked().stream()
            .allMatch(
                service ->
                    InternalLockStatus.sentBy(service)
                        .filter(LockKeys.hash(its.following(ClinicNames.path(service)))::equals)
                        .isPresent());
  }

  private static boolean isRotationAsked(ClinicObservation o) {
    return Annotations.get(o.clinic(), Annotations.ROTATE_INTERNAL_LOCK)
        .filter(text -> !text.isBlank())
        .filter(text -> o.secret().lockRotated().filter(text::equals).isEmpty())
        .isPresent();
  }

  private List<ClinicService> locked() {
    return o.services().stream()
        .filter(service -> !service.isMarkedForDeletion())
        .filter(service -> service.getSpec().locked() && isOnRequests(service))
        .toList();
  }

  private static boolean isOnRequests(ClinicService service) {
    return service.getSpec().expose() != null && service.getSpec().expose().https() != null;
  }
}
