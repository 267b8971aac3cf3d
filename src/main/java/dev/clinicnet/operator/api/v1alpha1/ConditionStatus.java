package dev.clinicnet.operator.api.v1alpha1;

/** Whether a condition holds. */
public enum ConditionStatus {
  True,
  False,
  Unknown
}
