package dev.clinicnet.operator.api.v1alpha1;

/** What happens when somebody changed at ngrok what the manifests say. */
public enum DriftPolicy {
  /** It is put right. */
  Correct,
  /** It is reported, and left. */
  Report
}
