package dev.clinicnet.testkit;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Waits until all consequences of a step are done. An Event is written after its status, and a
 * status after its requests.
 */
public final class Settled {
  private static final Duration A_WHILE = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Settled() {}

  /** The versions of all objects in a namespace, after a time without writes. */
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

  /** Waits for a while, in which a condition must hold all the time. */
  public static void awaitStill(Callable<Boolean> holds) {
    await().during(A_WHILE).atMost(PATIENCE).until(holds);
  }

  /** Waits for the next second, because objects of the same second are ordered by name. */
  public static void awaitNextSecond() {
    long second = System.currentTimeMillis() / 1000;
    await().until(() -> System.currentTimeMillis() / 1000 > second);
  }
}
