package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.account.Gate;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.WriteGuard;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The passes that are under way. Those must end before the operator SDK is stopped: it empties the
 * caches first, and a pass that went on would take every Clinic for missing and could write down no
 * id. So nothing lets one write that did not end in time.
 */
final class InFlight implements WriteGuard, Gate {
  private final WriteGuard guard;
  private int underWay;
  private boolean ending;
  private boolean brokenOff;

  /**
   * None is under way, and any may begin.
   *
   * @param guard what else has to be asked before a write
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
   * Lets no more begin, and waits until those that have begun have ended.
   *
   * @param limit how long to wait at most
   * @return whether they have
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
