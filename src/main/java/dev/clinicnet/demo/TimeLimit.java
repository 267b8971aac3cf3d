package dev.clinicnet.demo;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The time limit of the demo. Code that waits checks whether it has passed. Code that blocks
 * without a check is interrupted some seconds later.
 */
final class TimeLimit implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Duration limit;
  private final long begun = System.nanoTime();
  private final ScheduledExecutorService watchdog =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "demo-time-limit");
            thread.setDaemon(true);
            return thread;
          });

  TimeLimit(Duration limit, Thread blocked) {
    this.limit = limit;
    var unused =
        watchdog.schedule(blocked::interrupt, limit.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean hasPassed() {
    return System.nanoTime() - begun > limit.toNanos();
  }

  Duration limit() {
    return limit;
  }

  @Override
  public void close() {
    watchdog.shutdownNow();
  }
}
