package dev.clinicnet.operator.ngrok;

/**
 * The last check before a request leaves this process: does this process still lead?
 *
 * <p>The check comes after the wait for the budget, because a lease can be lost during that wait.
 */
@FunctionalInterface
public interface WriteGuard {

  /** Allows every request: for commands that run alone, and for tests. */
  WriteGuard ALWAYS = () -> {};

  /**
   * Returns when a write may be sent now.
   *
   * @throws NgrokException with {@link Failure#NOT_LEADING} when it may not
   */
  void check();

  /**
   * Returns when a request of any kind may be sent now, as far as this process knows. Some time may
   * have passed since {@link #check}, if this process stood still or a connection had to be opened
   * first. This method must not block.
   *
   * @throws NgrokException with {@link Failure#NOT_LEADING} when it may not
   */
  default void confirm() {}
}
