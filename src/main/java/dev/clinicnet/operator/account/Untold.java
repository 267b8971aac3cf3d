package dev.clinicnet.operator.account;

import dev.clinicnet.operator.inventory.Owner;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The objects that are ready while their statuses do not say so yet. A new leader begins anew. */
public final class Untold {
  private final Map<Owner, Instant> times = new ConcurrentHashMap<>();

  /** Since when the status of an object is behind: since now if it was not before. */
  public Instant since(Owner owner, Instant now) {
    return times.computeIfAbsent(owner, first -> now);
  }

  /** The status of an object is written now, or the object is gone. */
  public void told(Owner owner) {
    times.remove(owner);
  }
}
