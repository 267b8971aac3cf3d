package dev.clinicnet.operator.cli.run;

import dev.clinicnet.operator.controller.ExitReason;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process in order after SIGTERM or SIGINT: it is no longer ready, it finishes the work
 * that has begun, and its exit code is 0.
 *
 * <p>The operator SDK's own hook does nothing if leaders are elected (fixed after 5.3.4).
 */
final class GracefulStop {
  /**
   * The longest wait, which is less than the pod's terminationGracePeriodSeconds in {@code
   * deploy/base}.
   */
  static final Duration LIMIT = Duration.ofSeconds(25);

  private static final Logger LOGGER = LoggerFactory.getLogger(GracefulStop.class);

  private final AutoCloseable operator;
  private final Duration limit;
  private final BooleanSupplier signalled;
  private final Consumer<ExitReason> end;

  /**
   * A stop of this operator.
   *
   * @param signalled whether the JVM ends because of a signal
   * @param end ends the process with the exit code
   */
  GracefulStop(
      AutoCloseable operator, Duration limit, BooleanSupplier signalled, Consumer<ExitReason> end) {
    this.operator = operator;
    this.limit = limit;
    this.signalled = signalled;
    this.end = end;
  }

  /** Makes the JVM stop the operator this way from now on. */
  static void install(AutoCloseable operator) {
    // exit() would wait for this hook forever. halt() does not wait, and sets the exit code.
    GracefulStop stop =
        new GracefulStop(
            operator,
            LIMIT,
            GracefulStop::isSignalled,
            reason -> Runtime.getRuntime().halt(reason.code()));
    Runtime.getRuntime().addShutdownHook(new Thread(stop::run, "stop"));
  }

  /** Stops the operator, unless other code has called exit with its own exit code. */
  void run() {
    if (!signalled.getAsBoolean()) {
      return;
    }
    LOGGER.info("stopping");
    Thread closing = new Thread(this::close, "close");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(limit.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (closing.isAlive()) {
      LOGGER.error("did not stop within {} s: ending without", limit.toSeconds());
      end.accept(ExitReason.STOPPED_LATE);
    } else {
      LOGGER.info("stopped");
      end.accept(ExitReason.STOPPED);
    }
  }

  private void close() {
    try {
      operator.close();
    } catch (Exception e) {
      LOGGER.warn("stopping met a problem", e);
    }
  }

  /**
   * Whether a signal ends the JVM. It has a thread of this name while it handles a signal, and no
   * such thread after exit().
   */
  private static boolean isSignalled() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().matches("SIG[A-Z]+ handler"));
  }
}
