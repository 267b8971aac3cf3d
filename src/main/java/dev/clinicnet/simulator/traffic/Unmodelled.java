package dev.clinicnet.simulator.traffic;

/**
 * A feature of the platform that the simulator does not model. The simulator reports it and never
 * guesses.
 */
public final class Unmodelled extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The feature, for example {@code the action "circuit-breaker"}. */
  public Unmodelled(String what) {
    super("the simulator does not model " + what);
  }
}
