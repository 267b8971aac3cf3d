package dev.clinicnet.operator.cli.plan;

import dev.clinicnet.operator.agent.LockKeys;
import dev.clinicnet.operator.api.v1alpha1.AddressStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.api.v1alpha1.InternalLockStatus;
import dev.clinicnet.operator.claim.ServiceNames;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.Optional;

/**
 * The status that a service would have for objects that have lost their mark, as far as the account
 * shows it. An endpoint is identified by its description, and an address by its endpoint. What the
 * service sends to its lock is in the mark of the secret: a plan does not know the keys of the
 * lock.
 */
final class LostMarks {
  private static final String TCP = "tcp://";

  private LostMarks() {}

  /** Gives the service a status that names them; null when there are none. */
  static void recall(ClinicService service, Inventory inventory) {
    Optional<Endpoint> endpoint = endpoint(service, inventory);
    Optional<ReservedAddr> address = address(service, inventory);
    Optional<InternalLockStatus> lock = lock(service, inventory);
    if (endpoint.isPresent() || address.isPresent() || lock.isPresent()) {
      service.setStatus(
          ClinicServiceStatus.EMPTY
              .withAddress(
                  address.map(a -> new AddressStatus(a.id(), a.addr(), "lost")).orElse(null))
              .withEndpoint(endpoint.map(e -> new EndpointStatus(e.id(), null, null)).orElse(null))
              .withInternalLock(lock.orElse(null)));
    }
  }

  private static Optional<InternalLockStatus> lock(ClinicService service, Inventory inventory) {
    return inventory.lookUp(Resource.VAULT_SECRETS, Keys.owner(Owner.of(service))).stream()
        .flatMap(secret -> Mark.on(secret).map(Mark::version).stream())
        .filter(LockKeys::isHash)
        .findFirst()
        .map(InternalLockStatus::new);
  }

  private static Optional<Endpoint> endpoint(ClinicService service, Inventory inventory) {
    return ServiceNames.publicURL(service).stream()
        .flatMap(url -> inventory.lookUp(Resource.ENDPOINTS, Keys.name(url)).stream())
        .filter(Endpoint::isCloud)
        .filter(endpoint -> Mark.parse(endpoint.metadata()).isEmpty())
        .filter(
            endpoint ->
                ("ClinicService " + service.getMetadata().getName()).equals(endpoint.description()))
        .findFirst();
  }

  private static Optional<ReservedAddr> address(ClinicService service, Inventory inventory) {
    Owner owner = Owner.of(service);
    return inventory.lookUp(Resource.ENDPOINTS, Keys.owner(owner)).stream()
        .map(Endpoint::url)
        .filter(url -> url.startsWith(TCP))
        .flatMap(
            url ->
                inventory
                    .lookUp(Resource.RESERVED_ADDRS, Keys.name(url.substring(TCP.length())))
                    .stream())
        .filter(address -> Mark.parse(address.metadata()).isEmpty())
        .findFirst();
  }
}
