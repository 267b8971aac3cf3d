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
 *     Lane#BULK} with a thread: short, because a waiting reconcile keeps a thread, and the lock of
 *     its Clinic
 * @param closingMaxWait the longest wait of {@link Lane#CLOSING}: longer than a window, so that a
 *     refusal of the platform does not keep access open
 */
public record BudgetOptions(
    int permits, Duration window, int assumedAtStart, Duration maxWait, Duration closingMaxWait) {

  /**
   * A little more than the platform's (documented: 60 s), because the clocks may differ. The
   * platform counts from when a request arrives. This process counts from when it is answered, so
   * never too early.
   */
  public static final Duration WINDOW = Duration.ofMillis(60_200);

  private static final int LEAST = 4;
  private static final Duration MAX_WAIT = Duration.ofSeconds(3);
  private static final Duration CLOSING_MAX_WAIT = Duration.ofSeconds(90);

  /**
   * How many callers may wait with a thread in a lane, if there are many threads. Others are called
   * when it is their turn.
   */
  private static final int ROOM = 3;

  /** The threads for all passes, which one account has while there is no other. */
  public static final int THREADS = 20;

  /** The longest time after which an object looks again whether its promise is still right. */
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

  /**
   * The defaults for an account that allows so many requests a minute. An earlier process may have
   * used the whole window at its even pace.
   */
  public static BudgetOptions perMinute(int requests) {
    return new BudgetOptions(requests, WINDOW, requests, MAX_WAIT, CLOSING_MAX_WAIT);
  }

  /** These options with another assumption about requests that others made before the start. */
  public BudgetOptions assuming(int requests) {
    return new BudgetOptions(permits, window, requests, maxWait, closingMaxWait);
  }

  /**
   * These options without the assumption that others made requests just before the start. This is
   * right where others cannot have made any, for example on a new simulator.
   */
  public BudgetOptions withFreshStart() {
    return assuming(0);
  }

  /** These options with other waits. */
  public BudgetOptions withMaxWaits(Duration wait, Duration closingWait) {
    return new BudgetOptions(permits, window, assumedAtStart, wait, closingWait);
  }

  /** The longest wait of a lane with a thread. */
  Duration maxWait(Lane lane) {
    return switch (lane) {
      case CLOSING -> closingMaxWait;
      // Only the sweeper's own thread waits there, and half a list is useless.
      case SWEEP ->
          window.multipliedBy(2).compareTo(maxWait) > 0 ? window.multipliedBy(2) : maxWait;
      case DELETING, CHANGE, BULK -> maxWait;
    };
  }

  /**
   * How many callers may wait in a lane with a thread at a time.
   *
   * @param threads how many threads the account has for what is not urgent
   */
  int room(Lane lane, int threads) {
    return switch (lane) {
      case DELETING, CHANGE, BULK -> Math.max(1, Math.min(ROOM, threads / 4));
      case CLOSING, SWEEP -> Integer.MAX_VALUE;
    };
  }

  /**
   * How many requests of {@link Lane#DELETING}, {@link Lane#CHANGE} and {@link Lane#BULK} together
   * may be under way when one more of a lane is sent. Each keeps a thread. So while the platform
   * does not answer, threads are left for what closes, and for changes.
   *
   * @param threads how many threads the account has for what is not urgent
   */
  int mostUnderWay(Lane lane, int threads) {
    return switch (lane) {
      case BULK -> Math.max(1, threads / 2);
      case DELETING, CHANGE -> Math.max(2, threads * 3 / 4);
      case CLOSING, SWEEP -> Integer.MAX_VALUE;
    };
  }

  /** The latest time at which a caller is told to come back. */
  Duration horizon() {
    return HORIZON;
  }

  /**
   * How many requests of the window a lane may send at once. Beyond that its requests are so far
   * apart that permits come back evenly.
   *
   * @param allowance how many requests the window is assumed to have
   */
  int burst(Lane lane, int allowance) {
    return switch (lane) {
      case CLOSING, SWEEP -> permits;
      case DELETING, CHANGE -> allowance / 2;
      case BULK -> allowance / 10;
    };
  }

  /**
   * Up to how many used permits a lane may send. The last ones are left to earlier lanes. Few are
   * enough, because the others come back evenly: half a second apart at 120 a minute. What closes
   * may also use what others are assumed to use.
   */
  int limit(Lane lane, int allowance) {
    int few = Math.max(1, permits / 120);
    return switch (lane) {
      case CLOSING -> permits;
      case DELETING, CHANGE -> allowance - few;
      case BULK, SWEEP -> allowance - 2 * few;
    };
  }

  /** How many requests of the window {@link Lane#SWEEP} may send. */
  int sweepShare(int allowance) {
    return Math.max(1, allowance / 4);
  }

  /** The allowance that is assumed at least, however often the platform refuses. */
  int leastAllowance() {
    return Math.max(LEAST, permits / 10);
  }

  /**
   * The allowance that is assumed after a refusal.
   *
   * @param sent what was sent in the last window: three quarters of it, because others use the
   *     rest; hardly less than a nearly full window, because that may be due to different clocks
   */
  int learnt(int sent) {
    return sent < permits * 9 / 10 ? sent * 3 / 4 : sent - 2 * allowanceStep();
  }

  /** By how much the assumed allowance rises in each window without a refusal. */
  int allowanceStep() {
    return Math.max(1, permits / 40);
  }
}
