package dev.clinicnet.simulator.traffic;

/**
 * An expression or a config cannot be evaluated. Its message names the place and never a value,
 * because values may be secret.
 */
final class EvaluationFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EvaluationFailed(String place, String reason) {
    super(place + ": " + reason);
  }
}
