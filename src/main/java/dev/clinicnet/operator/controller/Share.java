package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.reconcile.Urgency;
import java.util.Map;

/**
 * The part of all threads that one account may use for passes, so that an account whose requests
 * are not answered does not take them all. Passes that delete have a little room of their own, and
 * passes that cut off a site have more. So neither is held back by creations that hang.
 *
 * @param usual how many passes may run that neither delete nor cut off
 * @param deletions how many deletions may run besides
 * @param most how many passes may run together
 */
record Share(int usual, int deletions, int most) {
  /** All threads. */
  static final Share ALL = new Share(Integer.MAX_VALUE, 0, Integer.MAX_VALUE);

  /** Threads for passes that do not belong to an account. */
  private static final int OTHER_PASSES = 2;

  private static final int LEAST = 2;

  /**
   * The share of each account. While there is one account, it has everything.
   *
   * @param threads the number of threads for all passes
   * @param accounts the number of accounts
   */
  static Share of(int threads, int accounts) {
    if (accounts == 1) {
      return ALL;
    }
    int usual = Math.max(LEAST, (threads - OTHER_PASSES) / accounts);
    int deletions = Math.max(1, usual / 3);
    // Every other account keeps a few threads, if there are enough.
    int most = threads - OTHER_PASSES - LEAST * (accounts - 1);
    return new Share(usual, deletions, Math.max(usual + deletions + LEAST, most));
  }

  /** How many of so many threads an account has for passes that neither delete nor cut off. */
  int of(int threads) {
    return Math.min(usual, threads);
  }

  /**
   * Whether one more pass may run.
   *
   * @param running how many passes run, by their urgency
   */
  boolean admits(Urgency urgency, Map<Urgency, Integer> running) {
    int work = running.get(Urgency.USUAL) + running.get(Urgency.DELETION);
    return switch (urgency) {
      case USUAL -> running.get(Urgency.USUAL) < usual && work < usual + deletions;
      case DELETION ->
          work < usual + deletions && (work < usual || running.get(Urgency.DELETION) < deletions);
      case CUT_OFF -> work + running.get(Urgency.CUT_OFF) < most;
    };
  }
}
