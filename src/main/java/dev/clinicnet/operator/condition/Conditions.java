package dev.clinicnet.operator.condition;

import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import java.util.List;
import java.util.Optional;

/** Reads conditions. */
public final class Conditions {
  private Conditions() {}

  /** The condition of a type. */
  public static Optional<Condition> find(List<Condition> conditions, ConditionType type) {
    return find(conditions, type.name());
  }

  static Optional<Condition> find(List<Condition> conditions, String type) {
    return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
  }

  /** Whether the condition of a type exists and is True. */
  public static boolean isTrue(List<Condition> conditions, ConditionType type) {
    return find(conditions, type).map(c -> c.status() == ConditionStatus.True).orElse(false);
  }

  /** Whether the condition of a type exists and has this reason. */
  public static boolean says(List<Condition> conditions, ConditionType type, Reason reason) {
    return find(conditions, type).filter(c -> c.reason().equals(reason.name())).isPresent();
  }

  /** The conditions of {@code after} whose status or reason differs from {@code before}. */
  public static List<Condition> transitions(List<Condition> before, List<Condition> after) {
    return after.stream()
        .filter(
            now ->
                find(before, now.type())
                    .map(old -> old.status() != now.status() || !old.reason().equals(now.reason()))
                    .orElse(true))
        .toList();
  }
}
