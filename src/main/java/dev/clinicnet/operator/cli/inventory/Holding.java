package dev.clinicnet.operator.cli.inventory;

import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An object of the account, and for whom the account holds it.
 *
 * @param instance the installation that it belongs to; empty if it is nobody's
 * @param owner the manifest that it belongs to; empty where there is none
 * @param mark the mark on the object itself; empty on objects that carry none
 * @param uses what needs the object now
 */
record Holding(
    Resource<?, ?, ?> resource,
    RemoteObject row,
    Holder holder,
    Optional<String> instance,
    Optional<Owner> owner,
    Optional<Mark> mark,
    List<Use> uses) {

  Holding {
    uses = List.copyOf(uses);
  }

  /**
   * What needs an object.
   *
   * @param by the id of the object that needs it; that of the object itself where it serves clients
   * @param words for people, without the object
   */
  record Use(String by, String words) {}

  String id() {
    return row.id();
  }

  /** Kind, name and id, for people. */
  String described() {
    String name = row.displayName();
    return resource.word() + " " + (name.equals(id()) ? id() : name + " (" + id() + ")");
  }

  /** {@code active}, {@code retired} (in the undo window) or {@code retained} (left on purpose). */
  String state() {
    return mark.filter(Mark::isRetained).isPresent()
        ? "retained"
        : mark.map(Mark::retiredAt).isPresent() ? "retired" : "active";
  }

  /** The time since its creation; empty if ngrok does not say when that was. */
  Optional<Duration> age(Instant now) {
    try {
      return Optional.ofNullable(row.createdAt())
          .map(Instant::parse)
          .map(created -> Duration.between(created, now))
          .map(age -> age.isNegative() ? Duration.ZERO : age);
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  /** The same object with other uses. */
  Holding withUses(List<Use> others) {
    return new Holding(resource, row, holder, instance, owner, mark, others);
  }

  /** Whether it is for the same as another look at it. */
  boolean isForTheSameAs(Holding other) {
    return holder == other.holder
        && instance.equals(other.instance)
        && owner.equals(other.owner)
        && state().equals(other.state());
  }
}
