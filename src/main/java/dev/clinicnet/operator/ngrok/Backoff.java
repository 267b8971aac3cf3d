package dev.clinicnet.operator.ngrok;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** The pause before a request is repeated. */
@FunctionalInterface
interface Backoff {

  /**
   * Pauses.
   *
   * @param repetition 1 before the first one
   */
  void pause(int repetition) throws InterruptedException;

  /**
   * Pauses that double. Each is shortened at random, to no less than half, so that callers that
   * failed together do not come back together.
   *
   * @param random numbers from 0 to 1
   */
  static Backoff jittered(Duration first, DoubleSupplier random) {
    return repetition -> {
      long longest = first.toMillis() << (repetition - 1);
      Thread.sleep(Math.round(longest * (0.5 + random.getAsDouble() / 2)));
    };
  }
}
