package dev.clinicnet.operator.reference;

import dev.clinicnet.operator.condition.Verdict;
import java.time.Instant;
import java.util.Optional;

/**
 * What references lead to: a value, a problem, or nothing where nothing is referred to.
 *
 * @param recheckAt when time alone changes it, as when a certificate expires
 */
public record Resolved<T>(
    Optional<T> value, Optional<Verdict> problem, Optional<Instant> recheckAt) {

  /** Nothing is referred to. */
  public static <T> Resolved<T> nothing() {
    return new Resolved<>(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Everything was found. */
  public static <T> Resolved<T> to(T value, Instant expires) {
    return new Resolved<>(Optional.of(value), Optional.empty(), Optional.of(expires));
  }

  /** The same, when the value may not be used for another reason. */
  public Resolved<T> withoutValue() {
    return new Resolved<>(Optional.empty(), problem, recheckAt);
  }

  /** Something is missing or cannot be used. */
  public static <T> Resolved<T> failed(Verdict problem, Optional<Instant> mendsAt) {
    return new Resolved<>(Optional.empty(), Optional.of(problem), mendsAt);
  }
}
