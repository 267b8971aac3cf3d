package dev.clinicnet.operator.api.v1alpha1;

/** Whether a condition is true. */
public enum ConditionStatus {
  True,
  False,
  Unknown
}
