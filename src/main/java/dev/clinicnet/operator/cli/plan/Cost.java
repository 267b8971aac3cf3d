package dev.clinicnet.operator.cli.plan;

import java.time.Duration;

/**
 * The part of the account's request allowance that changes use.
 *
 * @param writes requests that change something
 * @param sweepPages the requests for one complete list of the account
 * @param perMinute how many requests the account allows in any minute
 */
record Cost(int writes, int sweepPages, int perMinute) {
  private static final Duration WINDOW = Duration.ofSeconds(60);

  /** The shortest time for the writes. */
  Duration least() {
    return writes == 0 ? Duration.ZERO : WINDOW.multipliedBy((writes - 1) / perMinute);
  }
}
