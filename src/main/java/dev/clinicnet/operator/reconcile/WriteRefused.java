package dev.clinicnet.operator.reconcile;

import dev.clinicnet.operator.condition.Verdict;

/**
 * The API server refuses a write that must come before any request. This ends the pass. The
 * operator SDK tries again, later each time.
 */
public abstract class WriteRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A refusal with the API server's answer as its cause. */
  protected WriteRefused(String message, Throwable cause) {
    super(message, cause);
  }

  /** The verdict on Programmed. */
  public abstract Verdict verdict();
}
