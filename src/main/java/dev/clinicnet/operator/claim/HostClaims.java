package dev.clinicnet.operator.claim;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.claim.Claimant.Hold;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/** Who holds a public host: services ask for one, and Clinics for the host of their agent API. */
public final class HostClaims {
  private HostClaims() {}

  /**
   * Who else holds the host that {@code self} asks for. One that was refused, and is not served
   * there, keeps nobody out who may still be accepted.
   *
   * @param clinics those whose agent API asks for it, {@code self} or not
   * @param services those that ask for it, {@code self} or not
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

  /** Whether an object may keep the host from others: it has it, or may still be given it. */
  public static boolean contends(HasMetadata object, String host) {
    return hold(object, host) != Hold.NONE || !Acceptance.isRefused(object);
  }

  /** Whether the host is open for a service, as its status says. */
  public static boolean serves(ClinicService service, String host) {
    var status = service.getStatus();
    return status != null
        && status.endpoint() != null
        && status.publicURL() != null
        && host.equals(ServiceNames.host(status.publicURL()));
  }

  /** An object that asks for a host has it while it is served there, and once it was accepted. */
  public static Hold hold(HasMetadata object, String host) {
    boolean served = object instanceof ClinicService service && serves(service, host);
    return served || Acceptance.isAccepted(object) ? Hold.STATUS : Hold.NONE;
  }

  /** An object as it asks for a name. */
  public static Claimant claimant(HasMetadata object, Hold hold) {
    String created = object.getMetadata().getCreationTimestamp();
    return new Claimant(
        object.getKind() + " " + ClinicNames.path(object),
        object.getMetadata().getNamespace(),
        object.getMetadata().getName(),
        created == null ? Instant.MAX : Instant.parse(created),
        hold);
  }
}
