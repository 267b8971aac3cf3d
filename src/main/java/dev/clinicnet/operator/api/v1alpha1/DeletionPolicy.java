package dev.clinicnet.operator.api.v1alpha1;

/** What happens at ngrok when the Clinic is deleted. */
public enum DeletionPolicy {
  /** What was created for it is removed. */
  Delete,
  /** Everything is left working. */
  Retain
}
