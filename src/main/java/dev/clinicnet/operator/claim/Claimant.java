package dev.clinicnet.operator.claim;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/**
 * Somebody who asks for a name. The earliest of equals has it.
 *
 * @param description how a message names it, such as {@code Clinic clinics/clinic1}
 * @param created when it was made; {@link Instant#EPOCH} for what no manifest stands behind
 */
public record Claimant(
    String description, String namespace, String name, Instant created, Hold hold) {

  /** How firmly a claimant holds the name already. */
  public enum Hold {
    /** The mark on the remote object says so. */
    MARK,
    /** Its status says so. */
    STATUS,
    /** It only asks. */
    NONE
  }

  static final Comparator<Claimant> PRECEDENCE =
      Comparator.comparing(Claimant::hold)
          .thenComparing(Claimant::created)
          .thenComparing(Claimant::namespace)
          .thenComparing(Claimant::name)
          .thenComparing(Claimant::description);

  public Claimant {
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(hold, "hold");
  }
}
