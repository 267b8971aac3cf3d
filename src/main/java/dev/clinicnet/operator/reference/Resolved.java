package dev.clinicnet.operator.reference;

import dev.clinicnet.operator.condition.Verdict;
import java.time.Instant;
import java.util.Optional;

/**
 * The result of references: a value, a problem, or nothing if there are no references.
 *
 * @param recheckAt the time at which the result changes by itself, for example when a certificate
 *     expires
 */
public record Resolved<T>(
    Optional<T> value, Optional<Verdict> problem, Optional<Instant> recheckAt) {

  /** A result without references. */
  public static <T> Resolved<T> nothing() {
    return new Resolved<>(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** A result for which everything was found. */
  public static <T> Resolved<T> to(T value, Instant expires) {
    return new Resolved<>(Optional.of(value), Optional.empty(), Optional.of(expires));
  }

  /** The same result, if the value may not be used for another reason. */
  public Resolved<T> withoutValue() {
    return new Resolved<>(Optional.empty(), problem, recheckAt);
  }

  /** A result with something that is missing or cannot be used. */
  public static <T> Resolved<T> failed(Verdict problem, Optional<Instant> mendsAt) {
    return new Resolved<>(Optional.empty(), Optional.of(problem), mendsAt);
  }
}
