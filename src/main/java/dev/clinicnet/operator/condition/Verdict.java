package dev.clinicnet.operator.condition;

import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import java.util.Objects;
import java.util.Optional;

/**
 * The verdict on one condition. Its {@code message} tells a user what to do.
 *
 * @param withheld what only an administrator may know, and the message therefore leaves out; null
 *     for nothing
 */
public record Verdict(ConditionStatus status, Reason reason, String message, String withheld) {

  /** The longest message that is written: the Kubernetes limit is 32768, a screen is less. */
  private static final int LONGEST = 1024;

  public Verdict {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(reason, "reason");
    message = message.length() <= LONGEST ? message : message.substring(0, LONGEST - 1) + "…";
  }

  /** A verdict that withholds nothing. */
  public Verdict(ConditionStatus status, Reason reason, String message) {
    this(status, reason, message, null);
  }

  /** The same verdict, with what it withholds from the user. */
  public Verdict withholding(Optional<String> fact) {
    return new Verdict(status, reason, message, fact.orElse(null));
  }

  /** The same verdict with one more sentence. A long message is shortened for it. */
  public Verdict and(String sentence) {
    String first = message.isEmpty() || message.matches("(?s).*[.…]") ? message : message + ".";
    int room = LONGEST - sentence.length() - 1;
    String begin = first.length() <= room ? first : first.substring(0, Math.max(0, room - 1)) + "…";
    return new Verdict(status, reason, begin + " " + sentence, withheld);
  }

  /** A verdict that is True. */
  public static Verdict yes(Reason reason, String message) {
    return new Verdict(ConditionStatus.True, reason, message);
  }

  /** A verdict that is False. */
  public static Verdict no(Reason reason, String message) {
    return new Verdict(ConditionStatus.False, reason, message);
  }

  /** A verdict that is Unknown. */
  public static Verdict unknown(Reason reason, String message) {
    return new Verdict(ConditionStatus.Unknown, reason, message);
  }

  /** Whether it is True. */
  public boolean isTrue() {
    return status == ConditionStatus.True;
  }
}
