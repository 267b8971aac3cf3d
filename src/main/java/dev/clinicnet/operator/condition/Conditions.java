package dev.clinicnet.operator.condition;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.ClinicSessionStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/** Reads conditions. */
public final class Conditions {
  private Conditions() {}

  /** The conditions in the status of an object of ours; none before it has a status. */
  public static List<Condition> of(HasMetadata object) {
    if (object instanceof ClinicService service) {
      return ClinicServiceStatus.of(service).conditions();
    }
    if (object instanceof ClinicSession session) {
      return ClinicSessionStatus.of(session).conditions();
    }
    if (object instanceof NgrokAccount account) {
      return account.getStatus() == null ? List.of() : account.getStatus().conditions();
    }
    return object instanceof Clinic clinic ? ClinicStatus.of(clinic).conditions() : List.of();
  }

  /** The condition of a type. */
  public static Optional<Condition> find(List<Condition> conditions, ConditionType type) {
    return find(conditions, type.name());
  }

  static Optional<Condition> find(List<Condition> conditions, String type) {
    for (Condition condition : conditions) {
      if (condition.type().equals(type)) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  /** Whether the condition of a type exists and is True. */
  public static boolean isTrue(List<Condition> conditions, ConditionType type) {
    return find(conditions, type).map(c -> c.status() == ConditionStatus.True).orElse(false);
  }

  /** Whether the condition of a type exists and has this reason. */
  public static boolean says(List<Condition> conditions, ConditionType type, Reason reason) {
    return find(conditions, type).filter(c -> c.reason().equals(reason.name())).isPresent();
  }

  /** The same condition without the time of its transition, to compare it. */
  public static Condition withoutTime(Condition condition) {
    return new Condition(
        condition.type(),
        condition.status(),
        condition.observedGeneration(),
        null,
        condition.reason(),
        condition.message());
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
