package dev.clinicnet.operator.claim;

import java.util.Collection;
import java.util.Optional;

/** The one decision on a contested name. */
public final class Claims {
  private Claims() {}

  /**
   * Who holds the name, where that is not {@code self}: the present holder, else the lower of
   * (creation time, namespace, name). Empty when {@code self} holds it.
   */
  public static Optional<Claimant> heldBy(Claimant self, Collection<Claimant> rivals) {
    return rivals.stream()
        .min(Claimant.PRECEDENCE)
        .filter(rival -> Claimant.PRECEDENCE.compare(rival, self) < 0);
  }
}
