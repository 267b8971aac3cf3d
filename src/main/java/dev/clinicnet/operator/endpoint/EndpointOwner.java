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
 * @param possession what it may have of what is there already
 * @param mark what everything that is its own is marked with
 * @param lane how urgent its changes are
 */
public record EndpointOwner(Possession possession, Mark mark, Inventory inventory, Lane lane) {

  /** Whose the mark is. */
  Owner owner() {
    return mark.owner().orElseThrow();
  }

  /** Whether a mark is of this object. */
  boolean isOurs(String metadata) {
    return Mark.parse(metadata).filter(found -> found.isOf(mark.instance(), owner())).isPresent();
  }

  /** The mark of this object on an endpoint; empty where it carries another, or none. */
  Optional<Mark> ownMark(Endpoint endpoint) {
    return possession.ownMark(endpoint);
  }

  /** Whether the object handed an endpoint over, and another has taken it. */
  boolean gaveAway(String id) {
    return Annotations.gaveAway(possession.object(), inventory.mark(Resource.ENDPOINTS, id));
  }

  /**
   * The cloud endpoints of the object, more than one only after a mishap: by their mark; and by the
   * id in the status, should somebody have removed the mark.
   *
   * @param knownID null when the status knows none
   */
  public List<Endpoint> endpoints(String knownID) {
    return possession.own(inventory, Resource.ENDPOINTS, Collections.singleton(knownID));
  }
}
