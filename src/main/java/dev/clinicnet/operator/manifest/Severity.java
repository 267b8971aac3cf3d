package dev.clinicnet.operator.manifest;

/** Whether a problem forbids the manifest. */
public enum Severity {
  /** The manifest would be refused. */
  ERROR,
  /** The manifest may be refused, or may not do what its author thinks. */
  WARNING
}
