package dev.clinicnet.operator.ngrok;

/** The urgency of a request: an earlier lane goes before a later one. */
public enum Lane {
  /** Closing and revoking: what takes access away at once. */
  CLOSING,
  /**
   * The deletion of a manifest's objects, and policies that admit fewer than before. There may be
   * hundreds at a time.
   */
  DELETING,
  /** One user's change to something that had converged before. */
  CHANGE,
  /** First convergence of many objects, and drift repair. */
  BULK,
  /** Lists that keep the inventory current. */
  SWEEP;

  /** Whether requests of this lane take access away. */
  public boolean takesAway() {
    return this == CLOSING || this == DELETING;
  }
}
