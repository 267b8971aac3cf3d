package dev.clinicnet.operator.ngrok;

import java.time.Duration;

/**
 * How many requests an account allows, and how long a caller waits for its turn.
 *
 * @param permits requests in any one window
 * @param window the length of the rolling window
 * @param assumedAtStart requests that others may have made just before this process began; they
 *     count as used, and expire evenly over the first window
 * @param maxWait the longest wait of {@link Lane#DELETING}, {@link Lane#CHANGE} and {@link
 *     Lane#BULK}: short, because a waiting reconcile keeps a thread, and the lock of its Clinic
 * @param closingMaxWait the longest wait of {@link Lane#CLOSING}: longer than a window, so that a
 *     refusal of the platform does not keep access open
 */
public record BudgetOptions(
    int permits, Duration window, int assumedAtStart, Duration maxWait, Duration closingMaxWait) {

  /**
   * One second more than the platform's (documented: 60 s). The platform measures when a request
   * arrives, this process when it leaves.
   */
  public static final Duration WINDOW = Duration.ofSeconds(61);

  private static final int LEAST = 4;
  private static final Duration MAX_WAIT = Duration.ofSeconds(3);
  private static final Duration CLOSING_MAX_WAIT = Duration.ofSeconds(90);

  /**
   * How many callers may wait in each of {@link Lane#DELETING}, {@link Lane#CHANGE} and {@link
   * Lane#BULK}. Other callers come back later.
   */
  private static final int ROOM = 4;

  /** The latest time to come back, however many callers wait: by then a free budget is noticed. */
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
   * These options without the assumption that others made requests just before the start. This is
   * right where others cannot have made any, for example on a new simulator.
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
      // Only the sweeper's own thread waits there, and half a list is useless.
      case SWEEP ->
          window.multipliedBy(2).compareTo(maxWait) > 0 ? window.multipliedBy(2) : maxWait;
      case DELETING, CHANGE, BULK -> maxWait;
    };
  }

  /** How many callers may wait in a lane at a time. */
  int room(Lane lane) {
    return switch (lane) {
      case DELETING, CHANGE, BULK -> ROOM;
      case CLOSING, SWEEP -> Integer.MAX_VALUE;
    };
  }

  /** The time between two requests of a lane that has the account to itself. */
  Duration pace(Lane lane) {
    return window.dividedBy(limit(lane));
  }

  /** The latest time at which a caller is told to come back. */
  Duration horizon() {
    return HORIZON;
  }

  /** The number of used permits from which bulk work is spread over time. */
  int half() {
    return permits / 2;
  }

  /**
   * Up to how many used permits a lane may send. Some permits are always left for closing, and for
   * a user's change while bulk work and sweeps are busy.
   */
  int limit(Lane lane) {
    int shared = permits - Math.max(1, permits / 12);
    return switch (lane) {
      case CLOSING -> permits;
      case DELETING, CHANGE -> shared;
      case BULK, SWEEP -> shared - permits / 12;
    };
  }

  /** The number of permits that {@link Lane#SWEEP} may use. */
  int sweepShare() {
    return permits / 4;
  }
}
