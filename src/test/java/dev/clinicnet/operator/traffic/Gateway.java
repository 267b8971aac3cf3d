package dev.clinicnet.operator.traffic;

/** Something that runs the policy of one service on attempts and says what became of each. */
interface Gateway extends AutoCloseable {
  /** The header with the secret that opens a lock. */
  String LOCK_HEADER = "clinicnet-internal-lock";

  /** Tries once, at the attempt's time. */
  Outcome outcome(Attempt attempt);

  /**
   * Tries once past the public endpoint: dials the internal endpoint of an https service.
   *
   * @param guess a guess at the secret of the lock; empty for no guess
   */
  Outcome dialled(Attempt attempt, String guess);

  @Override
  default void close() {}
}
