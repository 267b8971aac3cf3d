package dev.clinicnet.operator.ngrok;

/** The urgency of a request: an earlier lane goes before a later one. */
public enum Lane {
  /** Closing, revoking, deleting: what takes access away. */
  CLOSING,
  /** One user's change to something that had converged before. */
  CHANGE,
  /** First convergence of many objects, and drift repair. */
  BULK,
  /** Lists that keep the inventory current. */
  SWEEP
}
