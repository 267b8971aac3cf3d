package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.reconcile.Urgency;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The room for the passes of one account: its {@link Share} of the threads. A pass that finds no
 * room does not wait with a thread. Its object is called when there is room again, in the order of
 * arrival, and the room is kept for it for a moment.
 */
final class Room {
  /** How long room is kept for a called object. Its pass begins when a thread is free. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final List<Urgency> ORDER =
      List.of(Urgency.CUT_OFF, Urgency.DELETION, Urgency.USUAL);

  private final Consumer<Owner> call;
  private final Later later;
  private final Map<Urgency, Set<Owner>> waiting = new EnumMap<>(Urgency.class);
  private final Map<Owner, Kept> kept = new HashMap<>();
  private final Map<Urgency, Integer> taken = new EnumMap<>(Urgency.class);
  private Share share = Share.ALL;
  private long calls;

  /** Runs tasks later. */
  interface Later {
    /** Runs a task after a while, in real time. */
    void run(Duration wait, Runnable task);
  }

  /** The room that is kept for a called object. */
  private record Kept(Urgency urgency, long call) {}

  /**
   * Room without limits, until the account gets a share.
   *
   * @param call requeues an object
   */
  Room(Consumer<Owner> call, Later later) {
    this.call = call;
    this.later = later;
    ORDER.forEach(
        urgency -> {
          waiting.put(urgency, new LinkedHashSet<>());
          taken.put(urgency, 0);
        });
  }

  /** From now on, the account has this share of the threads. */
  void resize(Share now) {
    synchronized (this) {
      share = now;
    }
    callNext();
  }

  /**
   * Makes a pass if there is room for it.
   *
   * @return what the pass gave; empty if there was no room: then the object is called later
   */
  <T> Optional<T> run(Owner owner, Urgency urgency, Supplier<T> pass) {
    boolean entered = enter(owner, urgency);
    // It may have left room that was kept for it.
    callNext();
    if (!entered) {
      return Optional.empty();
    }
    try {
      return Optional.of(pass.get());
    } finally {
      free(urgency);
      callNext();
    }
  }

  private synchronized boolean enter(Owner owner, Urgency urgency) {
    Kept place = kept.remove(owner);
    if (place != null) {
      free(place.urgency());
    }
    Set<Owner> queue = waiting.get(urgency);
    waiting.values().stream().filter(other -> other != queue).forEach(other -> other.remove(owner));
    if (!share.admits(urgency, taken)) {
      queue.add(owner);
      return false;
    }
    queue.remove(owner);
    take(urgency);
    return true;
  }

  private synchronized void take(Urgency urgency) {
    taken.merge(urgency, 1, Integer::sum);
  }

  private synchronized void free(Urgency urgency) {
    taken.merge(urgency, -1, Integer::sum);
  }

  private void callNext() {
    keepForNext()
        .forEach(
            (owner, place) -> {
              later.run(PATIENCE, () -> expire(owner, place));
              call.accept(owner);
            });
  }

  /** Keeps room for all that have room now. */
  private synchronized Map<Owner, Kept> keepForNext() {
    Map<Owner, Kept> called = new LinkedHashMap<>();
    for (Urgency urgency : ORDER) {
      Iterator<Owner> queue = waiting.get(urgency).iterator();
      while (queue.hasNext() && share.admits(urgency, taken)) {
        Owner owner = queue.next();
        queue.remove();
        take(urgency);
        Kept place = new Kept(urgency, calls++);
        kept.put(owner, place);
        called.put(owner, place);
      }
    }
    return called;
  }

  /** An object that was called did not come, for example because it is gone. */
  private void expire(Owner owner, Kept place) {
    synchronized (this) {
      if (kept.remove(owner, place)) {
        free(place.urgency());
      }
    }
    callNext();
  }
}
