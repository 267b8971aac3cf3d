package dev.clinicnet.operator.api.v1alpha1;

/** The phase of a session. The last two are final. */
public enum SessionPhase {
  /** The service is not open for the session yet. */
  Pending,
  Open,
  /** The session was open, or could have been, and is over. */
  Closed,
  /** The session was refused, or its time passed before the service could be opened. */
  Failed
}
