package dev.clinicnet.operator.reference;

import dev.clinicnet.operator.certificate.CertificateProblem;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import java.time.Instant;
import java.util.Optional;

/** A reference to an object that does not exist or cannot be used. */
public final class ReferenceProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final transient Optional<Instant> mendsAt;

  private ReferenceProblem(Reason reason, String message, Optional<Instant> mendsAt) {
    super(message);
    this.reason = reason;
    this.mendsAt = mendsAt;
  }

  /**
   * The object does not exist, or does not have the label.
   *
   * @param field the path of the field that names it
   */
  static ReferenceProblem notFound(String field, String kind, String name) {
    return new ReferenceProblem(
        Reason.ReferenceNotFound,
        "%s: there is no %s %s with the label %s: \"true\" in this namespace: create it, and label it so."
            .formatted(field, kind, name, Reference.LABEL),
        Optional.empty());
  }

  /**
   * A key does not exist.
   *
   * @param where the field and the object
   */
  static ReferenceProblem noKey(String where, String key) {
    return new ReferenceProblem(
        Reason.InvalidReference,
        where + " has no key " + key + ": add it, or name another object or key.",
        Optional.empty());
  }

  /**
   * The value of a key cannot be used.
   *
   * @param where the field and the object
   */
  static ReferenceProblem unusable(String where, String key, CertificateProblem problem) {
    return new ReferenceProblem(
        Reason.InvalidReference,
        where + ", key " + key + ", " + problem.getMessage() + ".",
        problem.mendsAt());
  }

  /**
   * Something exists and cannot be used.
   *
   * @param message names the field, the object and the remedy, and never a value
   */
  public static ReferenceProblem unusable(String message) {
    return new ReferenceProblem(Reason.InvalidReference, message, Optional.empty());
  }

  /** The time at which the problem ends by itself. */
  public Optional<Instant> mendsAt() {
    return mendsAt;
  }

  /** The verdict for this problem. */
  public Verdict verdict() {
    return Verdict.no(reason, getMessage());
  }
}
