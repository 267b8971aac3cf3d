package dev.clinicnet.operator.claim;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.claim.Claimant.Hold;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Who holds a public host: services ask for one, and Clinics for the host of their agent API. */
public final class HostClaims {
  private HostClaims() {}

  /**
   * Who else holds the host that {@code self} asks for.
   *
   * @param clinics those whose agent API asks for it, {@code self} or not
   * @param services those that ask for it, {@code self} or not
   */
  public static Optional<Claimant> heldBy(
      HasMetadata self,
      String host,
      Collection<Clinic> clinics,
      Collection<ClinicService> services) {
    List<Claimant> rivals = new ArrayList<>();
    clinics.stream().map(clinic -> claimant(clinic, Hold.NONE)).forEach(rivals::add);
    services.stream().map(service -> claimant(service, hold(service, host))).forEach(rivals::add);
    Claimant asking =
        claimant(self, self instanceof ClinicService service ? hold(service, host) : Hold.NONE);
    rivals.removeIf(rival -> rival.description().equals(asking.description()));
    return Claims.heldBy(asking, rivals);
  }

  /** Whether the host is open for a service, as its status says. */
  public static boolean serves(ClinicService service, String host) {
    var status = service.getStatus();
    return status != null
        && status.endpoint() != null
        && status.publicURL() != null
        && host.equals(ServiceNames.host(status.publicURL()));
  }

  private static Hold hold(ClinicService service, String host) {
    return serves(service, host) ? Hold.STATUS : Hold.NONE;
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
