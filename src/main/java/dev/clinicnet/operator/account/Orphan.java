package dev.clinicnet.operator.account;

import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.endpoint.PublicEndpoint;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * An object at ngrok whose owner's manifest is gone.
 *
 * @param owner the former owner
 */
record Orphan(Resource<?, ?, ?> resource, RemoteObject row, Mark mark, Owner owner) {

  /**
   * All objects of this installation whose owner is gone, except those that are retained, and
   * except names that the undo window already keeps.
   */
  static List<Orphan> in(Inventory inventory, Settings settings, Predicate<Owner> gone) {
    List<Orphan> found = new ArrayList<>();
    for (Resource<?, ?, ?> resource : Resource.with(Resource.Trait.OWNED)) {
      for (RemoteObject row : inventory.all(resource)) {
        Mark.on(row)
            .filter(mark -> mark.instance().equals(settings.instance()) && !mark.isRetained())
            .ifPresent(
                mark ->
                    mark.owner()
                        .filter(gone)
                        .map(owner -> new Orphan(resource, row, mark, owner))
                        .filter(orphan -> !orphan.isKept())
                        .ifPresent(found::add));
      }
    }
    return found;
  }

  /** Whether the undo window keeps the object and releases it at its end. */
  private boolean isKept() {
    return mark.retiredAt() != null && isName();
  }

  String id() {
    return row.id();
  }

  /** The name that people know. */
  String name() {
    return row.displayName();
  }

  /** Whether the object is a name, which somebody else could take after its release. */
  boolean isName() {
    return resource.is(Resource.Trait.KEPT);
  }

  Step delete() {
    return new Step.Delete(resource, id(), name());
  }

  /** The step that writes down since when the object is not wanted. */
  Step retire(Instant now) {
    return Step.Update.mark(resource, row, mark.retired(now), Lane.BULK);
  }

  /** Whether the object existed before, so that it stays. */
  boolean stays() {
    return mark.wasAdopted();
  }

  /**
   * The step that releases the object without deleting it. An endpoint then denies every client.
   */
  Step letGo() {
    return row instanceof Endpoint endpoint
        ? PublicEndpoint.release(endpoint, mark, Cause.CLOSING)
        : Step.Update.mark(resource, row, mark.retained(), Lane.BULK);
  }
}
