package dev.clinicnet.operator.api.v1alpha1;

/** What happens when somebody changed at ngrok what the manifests say. */
public enum DriftPolicy {
  /** The change is corrected. */
  Correct,
  /** The change is reported, and stays. */
  Report
}
