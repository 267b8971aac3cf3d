package dev.clinicnet.operator.cli.plan;

import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.Optional;

/**
 * One request that the operator would send.
 *
 * @param owner the object whose manifest it is for
 * @param before the present object; null for a creation
 * @param after the object after the change; null when it would be gone
 * @param sendsSecret whether it sends a secret value, which the platform never shows
 */
record Change(
    Owner owner,
    Action action,
    Resource<?, ?, ?> resource,
    RemoteObject before,
    RemoteObject after,
    boolean sendsSecret) {

  RemoteObject object() {
    return before == null ? after : before;
  }

  /** The time at which the object is retired; empty if the change does not retire it. */
  Optional<Mark> retired() {
    return action == Action.UPDATE && isActive(before) && !isActive(after)
        ? mark(after).filter(mark -> mark.retiredAt() != null)
        : Optional.empty();
  }

  /** Whether the object was retired or left, and is used again. */
  boolean takesBack() {
    return action == Action.UPDATE
        && mark(before).filter(mark -> !mark.isActive()).isPresent()
        && isActive(after);
  }

  private static boolean isActive(RemoteObject object) {
    return mark(object).filter(Mark::isActive).isPresent();
  }

  private static Optional<Mark> mark(RemoteObject object) {
    return Mark.on(object);
  }
}
