package dev.clinicnet.operator.claim;

import java.util.Collection;
import java.util.Optional;

/** Decides who holds a contested name. */
public final class Claims {
  private Claims() {}

  /**
   * The holder of the name: the present holder, otherwise the lowest by creation time, namespace
   * and name. Empty when {@code self} holds the name.
   */
  public static Optional<Claimant> heldBy(Claimant self, Collection<Claimant> rivals) {
    return rivals.stream()
        .min(Claimant.PRECEDENCE)
        .filter(rival -> Claimant.PRECEDENCE.compare(rival, self) < 0);
  }
}
