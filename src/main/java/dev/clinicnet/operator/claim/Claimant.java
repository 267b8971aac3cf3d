package dev.clinicnet.operator.claim;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * An object that asks for a name. If claims are equally strong, the earliest object has the name.
 *
 * @param description its name in messages, such as {@code Clinic clinics/clinic1}
 * @param namespace empty for a claimant without a namespace
 * @param created the creation time; {@link Instant#EPOCH} for a claimant without a manifest
 */
public record Claimant(
    String description, String namespace, String name, Instant created, Hold hold) {

  /** How strong the claim of a claimant is. */
  public enum Hold {
    /** The mark on the remote object names the claimant. */
    MARK,
    /** The status of the claimant has the name. */
    STATUS,
    /** The manifest of the claimant asks for the name. */
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

  /** The same claimant, before all claimants with an equally strong claim. */
  public Claimant createdFirst() {
    return new Claimant(description, namespace, name, Instant.EPOCH, hold);
  }

  /**
   * What a message does not tell a namespace: that the claimant holds an object at ngrok. Empty if
   * the message tells it.
   *
   * @param what the name of the object at ngrok, with its id if it has one
   */
  public Optional<String> keptFrom(String reader, String what) {
    return namespace.equals(reader)
        ? Optional.empty()
        : Optional.of(what + " is held by " + description);
  }

  /** Its name in messages for a namespace, which do not tell anything about other namespaces. */
  public String toldTo(String reader) {
    boolean told = namespace.isEmpty() || namespace.equals(reader);
    return told ? description : "an object of another namespace";
  }
}
