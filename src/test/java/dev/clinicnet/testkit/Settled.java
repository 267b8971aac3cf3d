package dev.clinicnet.testkit;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Waits for the end of what follows from an act. An Event is written after the status that it tells
 * of, and a status after the requests that it tells of.
 */
public final class Settled {
  private static final Duration A_WHILE = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Settled() {}

  /** The versions of everything in a namespace, once nothing was written there for a while. */
  public static Map<String, String> versions(Manifests manifests) {
    AtomicReference<Map<String, String>> last = new AtomicReference<>(Map.of());
    await()
        .during(A_WHILE)
        .atMost(PATIENCE)
        .until(
            () -> {
              Map<String, String> now = manifests.resourceVersions();
              return now.equals(last.getAndSet(now));
            });
    return last.get();
  }

  /** Waits for a while, all through which something must hold. */
  public static void awaitStill(Callable<Boolean> holds) {
    await().during(A_WHILE).atMost(PATIENCE).until(holds);
  }

  /** Waits for the next second: objects that were made in the same one are told apart by name. */
  public static void awaitNextSecond() {
    long second = System.currentTimeMillis() / 1000;
    await().until(() -> System.currentTimeMillis() / 1000 > second);
  }
}
