package dev.clinicnet.operator.claim;

import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** What the status of an object says about its present manifest. */
final class Acceptance {
  private Acceptance() {}

  /** Whether the object got the names that it asks for. */
  static boolean isAccepted(HasMetadata object) {
    return says(object, ConditionStatus.True);
  }

  /** Whether the object was refused. It may still hold a name. */
  static boolean isRefused(HasMetadata object) {
    return says(object, ConditionStatus.False);
  }

  private static boolean says(HasMetadata object, ConditionStatus status) {
    Long generation = object.getMetadata().getGeneration();
    return Conditions.find(Conditions.of(object), ConditionType.Accepted)
        .filter(accepted -> accepted.status() == status)
        .filter(accepted -> generation != null && generation.equals(accepted.observedGeneration()))
        .isPresent();
  }
}
