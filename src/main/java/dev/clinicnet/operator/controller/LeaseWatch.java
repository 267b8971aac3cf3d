package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.controller.OperatorOptions.LeaseOptions;
import dev.clinicnet.operator.ngrok.NgrokException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices in time that the Lease is not renewed any more. The operator SDK renews it, but if the
 * API server does not answer, the SDK waits longer than the Lease is valid.
 *
 * <p>One thread reads the Lease, and may wait for an answer. Another thread ends the leadership,
 * and never waits.
 */
final class LeaseWatch implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(LeaseWatch.class);

  private final LeaseGuard guard;
  private final Duration pause;
  private final Duration fresh;
  private final Runnable lost;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * A watch that has not started.
   *
   * @param lost runs when this process may not lead any more
   */
  LeaseWatch(LeaseGuard guard, LeaseOptions options, Runnable lost) {
    this.guard = guard;
    this.pause = options.retry();
    this.fresh = options.renewal().minus(options.retry().multipliedBy(2));
    this.lost = lost;
  }

  /** Starts, now that this process leads. */
  void start() {
    startThread("lease-look", this::look);
    startThread("lease-watch", this::watch);
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void look() {
    // The first read always happens, so that a connection is open later.
    Duration left = Duration.ZERO;
    while (!left.isNegative() && !isClosedAfter(pause)) {
      // Without a failure, the Lease was renewed twice since. A write may have read it too.
      if (left.compareTo(fresh) < 0) {
        try {
          guard.check();
        } catch (NgrokException refusal) {
          LOGGER.warn("The Lease may be lost: {}", refusal.getMessage());
        }
      }
      left = guard.left();
    }
  }

  private void watch() {
    Duration left = guard.left();
    while (!left.isNegative()) {
      if (isClosedAfter(left.plusMillis(1))) {
        return;
      }
      left = guard.left();
    }
    lost.run();
  }

  private boolean isClosedAfter(Duration wait) {
    try {
      return closed.await(Math.min(wait.toMillis(), pause.toMillis()), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static void startThread(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }
}
