package dev.clinicnet.operator.claim;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * Somebody who asks for a name. The earliest of equals has it.
 *
 * @param description how a message names it, such as {@code Clinic clinics/clinic1}
 * @param namespace empty for what is of no namespace
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

  /** The same, ahead of all who hold the name as firmly. */
  public Claimant createdFirst() {
    return new Claimant(description, namespace, name, Instant.EPOCH, hold);
  }

  /**
   * What is kept from somebody of a namespace: that it holds something at ngrok; empty for what he
   * is told.
   *
   * @param what people call it at ngrok, with its id if it has one
   */
  public Optional<String> keptFrom(String reader, String what) {
    return namespace.equals(reader)
        ? Optional.empty()
        : Optional.of(what + " is held by " + description);
  }

  /** How a message names it to somebody of a namespace, who is told nothing of other namespaces. */
  public String toldTo(String reader) {
    boolean told = namespace.isEmpty() || namespace.equals(reader);
    return told ? description : "an object of another namespace";
  }
}
