package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.account.Gate;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.WriteGuard;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The passes that are running. They must end before the operator SDK is stopped, because it empties
 * the caches first. A pass that went on would find every Clinic missing, and could not write down
 * an id. So a pass that did not end in time may not write any more.
 */
final class InFlight implements WriteGuard, Gate {
  private final WriteGuard guard;
  private int underWay;
  private boolean ending;
  private boolean brokenOff;

  /**
   * The state at the start: no pass is running, and every pass may begin.
   *
   * @param guard another check before a write
   */
  InFlight(WriteGuard guard) {
    this.guard = guard;
  }

  @Override
  public void check() {
    requireWhole();
    guard.check();
  }

  @Override
  public void confirm() {
    requireWhole();
    guard.confirm();
  }

  @Override
  public <T> T run(Supplier<T> pass, T otherwise) {
    synchronized (this) {
      if (ending) {
        return otherwise;
      }
      underWay++;
    }
    try {
      return pass.get();
    } finally {
      synchronized (this) {
        underWay--;
        notifyAll();
      }
    }
  }

  /**
   * Lets no more passes begin, and waits until the running ones have ended.
   *
   * @param limit the longest wait
   * @return whether they have ended
   */
  synchronized boolean finish(Duration limit) {
    ending = true;
    long end = System.nanoTime() + limit.toNanos();
    try {
      while (underWay > 0) {
        long millis = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (millis <= 0) {
          break;
        }
        wait(millis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    brokenOff = underWay > 0;
    return !brokenOff;
  }

  private synchronized void requireWhole() {
    if (brokenOff) {
      throw new NgrokException(
          Failure.NOT_LEADING, null, "Nothing is sent: this process is about to end.", null);
    }
  }
}
