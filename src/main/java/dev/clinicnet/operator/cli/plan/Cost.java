package dev.clinicnet.operator.cli.plan;

import java.time.Duration;

/**
 * What changes take of the account's request allowance.
 *
 * @param writes requests that change something
 * @param sweepPages requests that one complete look at the account takes
 * @param perMinute how many requests the account allows in any minute
 */
record Cost(int writes, int sweepPages, int perMinute) {
  private static final Duration WINDOW = Duration.ofSeconds(60);

  /** How long the writes take at least. */
  Duration least() {
    return writes == 0 ? Duration.ZERO : WINDOW.multipliedBy((writes - 1) / perMinute);
  }
}
