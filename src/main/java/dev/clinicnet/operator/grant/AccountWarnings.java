package dev.clinicnet.operator.grant;

import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccountStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Warnings;
import java.util.List;

/** Adds to the status of an account what is wrong with the account at ngrok. */
public final class AccountWarnings {
  private AccountWarnings() {}

  /**
   * The status with warnings at the end of the message of Accepted, if that is True.
   *
   * @param warnings sentences without a full stop
   */
  public static NgrokAccountStatus on(NgrokAccountStatus status, List<String> warnings) {
    return new NgrokAccountStatus(
        status.observedGeneration(),
        status.conditions().stream().map(condition -> warned(condition, warnings)).toList(),
        status.operator(),
        status.grants(),
        status.total());
  }

  private static Condition warned(Condition condition, List<String> warnings) {
    boolean takes =
        condition.type().equals(ConditionType.Accepted.name())
            && condition.status() == ConditionStatus.True;
    return takes
        ? new Condition(
            condition.type(),
            condition.status(),
            condition.observedGeneration(),
            condition.lastTransitionTime(),
            condition.reason(),
            Warnings.append(condition.message(), warnings))
        : condition;
  }
}
