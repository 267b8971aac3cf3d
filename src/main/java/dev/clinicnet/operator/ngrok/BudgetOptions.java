package dev.clinicnet.operator.ngrok;

import java.time.Duration;

/**
 * How many requests an account allows, and how long a caller waits for its turn.
 *
 * @param permits requests in any one window
 * @param window the length of the rolling window
 * @param assumedAtStart requests that somebody may have made just before this process began; they
 *     are taken for used, and age out evenly over the first window
 * @param maxWait the longest wait of {@link Lane#CHANGE} and {@link Lane#BULK}: short, since a
 *     waiting reconcile keeps a thread, and the lock of its Clinic
 * @param closingMaxWait the longest wait of {@link Lane#CLOSING}: longer than a window, so that a
 *     refusal of the platform does not keep access open
 */
public record BudgetOptions(
    int permits, Duration window, int assumedAtStart, Duration maxWait, Duration closingMaxWait) {

  /**
   * One second more than the platform's (documented: 60 s), because its window is measured on
   * arrival there, ours on departure here.
   */
  public static final Duration WINDOW = Duration.ofSeconds(61);

  /** What the platform allows an account in one minute (documented). */
  public static final int DEFAULT_PER_MINUTE = 120;

  private static final int LEAST = 4;
  private static final Duration MAX_WAIT = Duration.ofSeconds(3);
  private static final Duration CLOSING_MAX_WAIT = Duration.ofSeconds(90);

  /** How many may wait in each of {@link Lane#CHANGE} and {@link Lane#BULK}; others come back. */
  private static final int ROOM = 4;

  /** However many are told to come back: a budget that others left unused is found by then. */
  private static final Duration HORIZON = Duration.ofHours(1);

  public BudgetOptions {
    if (permits < LEAST) {
      throw new IllegalArgumentException(
          "the ngrok request budget must be at least " + LEAST + " per minute");
    }
    if (assumedAtStart < 0 || assumedAtStart > permits) {
      throw new IllegalArgumentException("assumedAtStart must lie between 0 and permits");
    }
  }

  /** The defaults for an account that allows so many requests a minute. */
  public static BudgetOptions perMinute(int requests) {
    return new BudgetOptions(requests, WINDOW, requests / 2, MAX_WAIT, CLOSING_MAX_WAIT);
  }

  /**
   * These options without the assumption that others made requests just before the start: right
   * where nobody can have, as on a simulator that has just begun.
   */
  public BudgetOptions withFreshStart() {
    return new BudgetOptions(permits, window, 0, maxWait, closingMaxWait);
  }

  /** These options with other waits. */
  public BudgetOptions withMaxWaits(Duration wait, Duration closingWait) {
    return new BudgetOptions(permits, window, assumedAtStart, wait, closingWait);
  }

  /** The longest wait of a lane. */
  Duration maxWait(Lane lane) {
    return switch (lane) {
      case CLOSING -> closingMaxWait;
      // One thread of its own waits there, and half a list is worth nothing.
      case SWEEP ->
          window.multipliedBy(2).compareTo(maxWait) > 0 ? window.multipliedBy(2) : maxWait;
      case CHANGE, BULK -> maxWait;
    };
  }

  /** How many may wait in a lane at a time. */
  int room(Lane lane) {
    return lane == Lane.CHANGE || lane == Lane.BULK ? ROOM : Integer.MAX_VALUE;
  }

  /** The time between two that are served in a lane which has the account to itself. */
  Duration pace(Lane lane) {
    return window.dividedBy(limit(lane));
  }

  /** The latest time that anybody is told to come back at. */
  Duration horizon() {
    return HORIZON;
  }

  /** From here on, bulk work is spread instead of served at once. */
  int half() {
    return permits / 2;
  }

  /**
   * Up to how many used permits a lane may go on: closing always finds some left, and so does a
   * user's change while bulk work and sweeps are busy.
   */
  int limit(Lane lane) {
    int shared = permits - Math.max(1, permits / 12);
    return switch (lane) {
      case CLOSING -> permits;
      case CHANGE -> shared;
      case BULK, SWEEP -> shared - permits / 12;
    };
  }

  /** What {@link Lane#SWEEP} may use. */
  int sweepShare() {
    return permits / 4;
  }
}
