package dev.clinicnet.operator.traffic;

/** Something that runs the policy of one service on attempts and says what became of each. */
interface Gateway extends AutoCloseable {

  /** Tries once, at the attempt's time. */
  Outcome outcome(Attempt attempt);

  @Override
  default void close() {}
}
