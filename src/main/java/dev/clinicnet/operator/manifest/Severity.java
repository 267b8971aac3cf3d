package dev.clinicnet.operator.manifest;

/** Whether a problem forbids the manifest. */
public enum Severity {
  /** It would be refused. */
  ERROR,
  /** It may be refused, or not do what its author thinks. */
  WARNING
}
