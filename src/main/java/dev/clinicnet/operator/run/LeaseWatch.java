package dev.clinicnet.operator.run;

import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.run.OperatorOptions.LeaseOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices in time that the Lease is not renewed any more: the operator SDK renews it, but where the
 * API server does not answer, it waits for that answer longer than the Lease is valid.
 */
final class LeaseWatch implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(LeaseWatch.class);

  private final LeaseGuard guard;
  private final Duration pause;
  private final Runnable lost;
  private final Thread thread = new Thread(this::run, "lease-watch");
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * A watch that is not started yet.
   *
   * @param lost what to do when this process may not lead any more
   */
  LeaseWatch(LeaseGuard guard, LeaseOptions options, Runnable lost) {
    this.guard = guard;
    this.pause = options.retry();
    this.lost = lost;
    thread.setDaemon(true);
  }

  /** Starts, now that this process leads. */
  void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void run() {
    try {
      while (paused()) {
        Duration left = guard.left();
        // Until then somebody's write may have looked, and renewed has it long been.
        if (!left.isNegative() && left.compareTo(pause.multipliedBy(2)) < 0) {
          look();
        }
        if (guard.left().isNegative()) {
          lost.run();
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      guard.check();
    } catch (NgrokException refusal) {
      LOGGER.warn("The Lease may be lost: {}", refusal.getMessage());
    }
  }

  /** Waits a little; false when closed. */
  private boolean paused() throws InterruptedException {
    long millis = Math.max(1, Math.min(pause.toMillis(), guard.left().toMillis() + 1));
    return !closed.await(millis, TimeUnit.MILLISECONDS);
  }
}
