package dev.clinicnet.operator.cli.plan;

import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.Optional;

/**
 * An object at ngrok whose owner is not in the files.
 *
 * @param mark empty for a service user, which is identified by its name
 */
record Leftover(Owner owner, Resource<?, ?, ?> resource, RemoteObject object, Optional<Mark> mark) {

  /** Whether it was left on purpose, so that it is never removed. */
  boolean isRetained() {
    return mark.filter(Mark::isRetained).isPresent();
  }

  /** The time since which it is retired; empty while it is in use. */
  Optional<String> retiredAt() {
    return mark.map(Mark::retiredAt);
  }

  /** The word in the output: {@code active}, {@code retired} or {@code retained}. */
  String state() {
    return isRetained() ? "retained" : retiredAt().isPresent() ? "retired" : "active";
  }
}
