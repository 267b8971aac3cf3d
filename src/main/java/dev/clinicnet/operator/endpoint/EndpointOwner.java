package dev.clinicnet.operator.endpoint;

import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.kubernetes.Possession;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * An object that may have a public cloud endpoint.
 *
 * @param possession what it may take over
 * @param mark the mark of all its objects
 * @param lane the urgency of its changes
 */
public record EndpointOwner(Possession possession, Mark mark, Inventory inventory, Lane lane) {

  /** The owner in the mark. */
  Owner owner() {
    return mark.owner().orElseThrow();
  }

  /** Whether a mark names this object. */
  boolean isOurs(String metadata) {
    return Mark.parse(metadata).filter(found -> found.isOf(mark.instance(), owner())).isPresent();
  }

  /** The mark of this object on an endpoint; empty if it carries another mark or none. */
  Optional<Mark> ownMark(Endpoint endpoint) {
    return possession.ownMark(endpoint);
  }

  /** Whether the object handed an endpoint over, and another object has taken it. */
  boolean gaveAway(String id) {
    return Annotations.gaveAway(possession.object(), inventory.mark(Resource.ENDPOINTS, id));
  }

  /**
   * The cloud endpoints of the object, by their mark, or by the id in the status if somebody has
   * removed the mark. There is more than one only after a failure.
   *
   * @param knownID null when the status has none
   */
  public List<Endpoint> endpoints(String knownID) {
    return possession.own(inventory, Resource.ENDPOINTS, Collections.singleton(knownID));
  }
}
