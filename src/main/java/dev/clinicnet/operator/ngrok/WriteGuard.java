package dev.clinicnet.operator.ngrok;

/**
 * The last question before a request that changes something leaves this process: do we still lead?
 *
 * <p>It is asked after the wait for the budget, because a lease can be lost during that wait.
 */
@FunctionalInterface
public interface WriteGuard {

  /** Lets everything pass: for commands that run alone, and for tests. */
  WriteGuard ALWAYS = () -> {};

  /**
   * Returns when a write may be sent now.
   *
   * @throws NgrokException with {@link Failure#NOT_LEADING} when it may not
   */
  void check();
}
