package dev.clinicnet.operator.condition;

import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import java.util.Objects;
import java.util.Optional;

/**
 * What one condition says; {@code message} tells a user what to do.
 *
 * @param withheld what the message keeps from the user, and an administrator is told; null: nothing
 */
public record Verdict(ConditionStatus status, Reason reason, String message, String withheld) {

  /** The longest message that is written: the Kubernetes limit is 32768, a screen is less. */
  private static final int LONGEST = 1024;

  public Verdict {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(reason, "reason");
    message = message.length() <= LONGEST ? message : message.substring(0, LONGEST - 1) + "…";
  }

  /** A verdict that keeps nothing back. */
  public Verdict(ConditionStatus status, Reason reason, String message) {
    this(status, reason, message, null);
  }

  /** The same, which keeps something from the user, if anything. */
  public Verdict withholding(Optional<String> fact) {
    return new Verdict(status, reason, message, fact.orElse(null));
  }

  /** The same with a further sentence, for which a long message makes room. */
  public Verdict and(String sentence) {
    String first = message.isEmpty() || message.matches("(?s).*[.…]") ? message : message + ".";
    int room = LONGEST - sentence.length() - 1;
    String begin = first.length() <= room ? first : first.substring(0, Math.max(0, room - 1)) + "…";
    return new Verdict(status, reason, begin + " " + sentence, withheld);
  }

  /** It holds. */
  public static Verdict yes(Reason reason, String message) {
    return new Verdict(ConditionStatus.True, reason, message);
  }

  /** It does not hold. */
  public static Verdict no(Reason reason, String message) {
    return new Verdict(ConditionStatus.False, reason, message);
  }

  /** It cannot be told yet. */
  public static Verdict unknown(Reason reason, String message) {
    return new Verdict(ConditionStatus.Unknown, reason, message);
  }

  /** Whether it holds. */
  public boolean isTrue() {
    return status == ConditionStatus.True;
  }
}
