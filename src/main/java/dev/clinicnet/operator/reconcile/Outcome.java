package dev.clinicnet.operator.reconcile;

import java.time.Instant;
import java.util.Optional;

/**
 * How a pass over one object ended.
 *
 * @param requeueAt when to look again though nothing happens; empty: when something does
 * @param finished of a deletion: whether nothing is left to wait for
 * @param freed whether it let go of a name that somebody else may wait for
 */
public record Outcome(Optional<Instant> requeueAt, boolean finished, boolean freed) {

  /** Look again when something happens, or at the given moment. */
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
