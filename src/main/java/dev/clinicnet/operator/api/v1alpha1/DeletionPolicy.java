package dev.clinicnet.operator.api.v1alpha1;

/** What happens at ngrok when the Clinic is deleted. */
public enum DeletionPolicy {
  /** The objects that were created for it are removed. */
  Delete,
  /** Everything stays and works on. */
  Retain
}
