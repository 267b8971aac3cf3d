package dev.clinicnet.operator.controller;

import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * A task that runs some time after each time that it is asked for, at least once. If it is asked
 * for often, it does not run more often than once in this time.
 */
final class Spaced {
  private final Duration wait;
  private final BiConsumer<Duration, Runnable> later;
  private final Runnable task;
  private boolean planned;
  private boolean askedAgain;

  /**
   * A task that nobody has asked for yet.
   *
   * @param wait the least time from a request to the run that answers it; the longest is twice that
   * @param later runs a task after a while
   */
  Spaced(Duration wait, BiConsumer<Duration, Runnable> later, Runnable task) {
    this.wait = wait;
    this.later = later;
    this.task = task;
  }

  /** Asks for a run. */
  synchronized void ask() {
    if (planned) {
      askedAgain = true;
      return;
    }
    planned = true;
    later.accept(wait, this::run);
  }

  private void run() {
    synchronized (this) {
      planned = false;
      if (askedAgain) {
        askedAgain = false;
        ask();
      }
    }
    task.run();
  }
}
