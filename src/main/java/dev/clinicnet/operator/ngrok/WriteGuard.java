package dev.clinicnet.operator.ngrok;

/**
 * The last questions before a request leaves this process: do we still lead?
 *
 * <p>They are asked after the wait for the budget, because a lease can be lost during that wait.
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

  /**
   * Returns when a request of any kind may be sent now, as far as is known without asking anybody:
   * {@link #check} may have been a while ago, if this process stood still or a connection had to be
   * opened first. Must not block.
   *
   * @throws NgrokException with {@link Failure#NOT_LEADING} when it may not
   */
  default void confirm() {}
}
