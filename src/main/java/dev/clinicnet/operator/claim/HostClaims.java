package dev.clinicnet.operator.claim;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.claim.Claimant.Hold;
import dev.clinicnet.operator.config.Timestamps;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the holder of a public host. Services ask for hosts, and Clinics for the host of their
 * agent API.
 */
public final class HostClaims {
  private HostClaims() {}

  /**
   * The other holder of the host that {@code self} asks for. An object that was refused and is not
   * served there does not keep the host from objects that may still be accepted.
   *
   * @param clinics the Clinics whose agent API asks for it; {@code self} may be among them
   * @param services the services that ask for it; {@code self} may be among them
   */
  public static Optional<Claimant> heldBy(
      HasMetadata self,
      String host,
      Collection<Clinic> clinics,
      Collection<ClinicService> services) {
    Claimant asking = claimant(self, hold(self, host));
    return Claims.heldBy(
        asking,
        Stream.<HasMetadata>concat(clinics.stream(), services.stream())
            .filter(rival -> contends(rival, host) || Acceptance.isRefused(self))
            .map(rival -> claimant(rival, hold(rival, host)))
            .filter(rival -> !rival.description().equals(asking.description()))
            .toList());
  }

  /**
   * Whether an object may keep the host from others, because it has the host or may still get it.
   */
  public static boolean contends(HasMetadata object, String host) {
    return hold(object, host) != Hold.NONE || !Acceptance.isRefused(object);
  }

  /** Whether the status says that the host is open for a service. */
  public static boolean serves(ClinicService service, String host) {
    var status = service.getStatus();
    return status != null
        && status.endpoint() != null
        && status.publicURL() != null
        && host.equals(ServiceNames.host(status.publicURL()));
  }

  /** Whether an object that asks for a host has it: it is served there, or it was accepted. */
  public static Hold hold(HasMetadata object, String host) {
    boolean served = object instanceof ClinicService service && serves(service, host);
    return served || Acceptance.isAccepted(object) ? Hold.STATUS : Hold.NONE;
  }

  /** An object as a claimant. */
  public static Claimant claimant(HasMetadata object, Hold hold) {
    String created = object.getMetadata().getCreationTimestamp();
    return new Claimant(
        object.getKind() + " " + ClinicNames.path(object),
        object.getMetadata().getNamespace(),
        object.getMetadata().getName(),
        created == null ? Instant.MAX : Timestamps.of(created),
        hold);
  }
}
