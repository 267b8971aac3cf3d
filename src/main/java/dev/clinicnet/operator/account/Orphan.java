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
 * Something at ngrok whose owner's manifest is gone.
 *
 * @param owner who it belonged to
 */
record Orphan(Resource<?, ?, ?> resource, RemoteObject row, Mark mark, Owner owner) {

  /**
   * Everything of this installation whose owner is gone, but for what is to be retained, and for
   * the names that the undo window keeps already.
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

  /** Whether the undo window keeps it, and releases it in the end. */
  private boolean isKept() {
    return mark.retiredAt() != null && isName();
  }

  String id() {
    return row.id();
  }

  /** What people know it by. */
  String name() {
    return row.displayName();
  }

  /** Whether it is a name, which cannot be had again. */
  boolean isName() {
    return resource.is(Resource.Trait.KEPT);
  }

  Step delete() {
    return new Step.Delete(resource, id(), name());
  }

  /** Writes down since when nobody wants it. */
  Step retire(Instant now) {
    return Step.Update.mark(resource, row, mark.retired(now), Lane.BULK);
  }

  /** Whether it was there before us, so that it stays. */
  boolean stays() {
    return mark.wasAdopted();
  }

  /** Lets go of it, as it is: an endpoint lets nobody in. */
  Step letGo() {
    return row instanceof Endpoint endpoint
        ? PublicEndpoint.release(endpoint, mark, Cause.CLOSING)
        : Step.Update.mark(resource, row, mark.retained(), Lane.BULK);
  }
}
