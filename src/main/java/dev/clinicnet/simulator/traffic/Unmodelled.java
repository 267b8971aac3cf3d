package dev.clinicnet.simulator.traffic;

/** Something of the platform that the simulator does not model: it says so and never guesses. */
public final class Unmodelled extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names it, for example {@code the action "circuit-breaker"}. */
  public Unmodelled(String what) {
    super("the simulator does not model " + what);
  }
}
