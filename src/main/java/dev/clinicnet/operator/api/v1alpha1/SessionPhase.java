package dev.clinicnet.operator.api.v1alpha1;

/** Where a session is in its life. The last two are ends. */
public enum SessionPhase {
  /** Asked for; the service is not open for it yet. */
  Pending,
  Open,
  /** It was open, or could have been, and is not any more. */
  Closed,
  /** It was refused, or its time passed before the service could be opened. */
  Failed
}
