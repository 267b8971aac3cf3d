package dev.clinicnet.operator.condition;

import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import java.util.Objects;

/** What one condition says; {@code message} tells a user what to do. */
public record Verdict(ConditionStatus status, Reason reason, String message) {

  /** The longest message that is written: the Kubernetes limit is 32768, a screen is less. */
  private static final int LONGEST = 1024;

  public Verdict {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(reason, "reason");
    message = message.length() <= LONGEST ? message : message.substring(0, LONGEST - 1) + "…";
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
