package dev.clinicnet.operator.fleetpage;

/**
 * What the page needs is not known now: Kubernetes did not answer, or the caches are not filled.
 * The message names no secret.
 */
public final class ReviewFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure with its cause in one line. */
  public ReviewFailure(String message) {
    super(message);
  }
}
