package dev.clinicnet.operator.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The objects that a controller must go over, and when. */
final class Work {
  private final TreeMap<Item, Instant> due = new TreeMap<>(Item.ORDER);
  private final TreeMap<Item, Integer> failures = new TreeMap<>(Item.ORDER);

  /** An object of a kind. */
  record Item(String kind, String namespace, String name) {
    static final Comparator<Item> ORDER =
        Comparator.comparing(Item::kind).thenComparing(Item::namespace).thenComparing(Item::name);

    @Override
    public String toString() {
      return kind + " " + namespace + "/" + name;
    }
  }

  /** Something has changed. */
  void now(Item item, Instant now) {
    Instant before = due.get(item);
    if (before == null || before.isAfter(now)) {
      due.put(item, now);
    }
  }

  /** The next pass if nothing happens before. */
  void at(Item item, Instant when) {
    now(item, when);
  }

  /** Takes it off the list, because a pass begins. */
  void begin(Item item) {
    due.remove(item);
  }

  /** How many passes in a row have failed with this one. */
  int failed(Item item) {
    return failures.merge(item, 1, Integer::sum);
  }

  void succeeded(Item item) {
    failures.remove(item);
  }

  List<Item> dueAt(Instant now) {
    List<Item> items = new ArrayList<>();
    due.forEach(
        (item, when) -> {
          if (!when.isAfter(now)) {
            items.add(item);
          }
        });
    return items;
  }

  Optional<Instant> next() {
    return due.values().stream().min(Comparator.naturalOrder());
  }
}
