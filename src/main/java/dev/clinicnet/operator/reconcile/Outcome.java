package dev.clinicnet.operator.reconcile;

import java.time.Instant;
import java.util.Optional;

/**
 * The end of a pass over one object.
 *
 * @param requeueAt the time of the next pass if nothing happens before; empty: only after a change
 * @param finished whether a deletion has nothing left to wait for
 * @param freed whether it released a name that another object may wait for
 */
public record Outcome(Optional<Instant> requeueAt, boolean finished, boolean freed) {

  /** The next pass comes after a change, or at the given moment. */
  public static Outcome waiting(Optional<Instant> requeueAt, boolean freed) {
    return new Outcome(requeueAt, false, freed);
  }

  /** A deletion that is complete. */
  public static Outcome deleted() {
    return new Outcome(Optional.empty(), true, true);
  }

  /** The earlier of two moments; empty when there is none. */
  public static Optional<Instant> earliest(Optional<Instant> one, Optional<Instant> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return one.get().isBefore(other.get()) ? one : other;
  }
}
