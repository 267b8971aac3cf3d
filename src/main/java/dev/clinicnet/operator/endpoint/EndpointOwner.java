package dev.clinicnet.operator.endpoint;

import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.Resource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;

/**
 * An object that may have a public cloud endpoint.
 *
 * @param object its manifest
 * @param mark what everything that is its own is marked with
 * @param lane how urgent its changes are
 */
public record EndpointOwner(HasMetadata object, Mark mark, Inventory inventory, Lane lane) {

  /** Whose the mark is. */
  Owner owner() {
    return mark.owner().orElseThrow();
  }

  /** Whether a mark is of this object. */
  boolean isOurs(String metadata) {
    return Mark.parse(metadata).filter(found -> found.isOf(mark.instance(), owner())).isPresent();
  }

  /**
   * The cloud endpoints of the object, more than one only after a mishap: by their mark; and by the
   * id in the status, should somebody have removed the mark.
   *
   * @param knownID null when the status knows none
   */
  public List<Endpoint> endpoints(String knownID) {
    List<Endpoint> found = new ArrayList<>();
    inventory.lookUp(Resource.ENDPOINTS, Keys.owner(owner())).stream()
        .filter(Endpoint::isCloud)
        .filter(endpoint -> isOurs(endpoint.metadata()))
        .forEach(found::add);
    inventory
        .byID(Resource.ENDPOINTS, knownID)
        .optional()
        .filter(endpoint -> Mark.parse(endpoint.metadata()).isEmpty())
        .ifPresent(found::add);
    return found;
  }
}
