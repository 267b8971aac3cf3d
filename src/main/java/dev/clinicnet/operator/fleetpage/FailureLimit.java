package dev.clinicnet.operator.fleetpage;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Slows down whoever tries credentials: after some failures an address must wait. */
final class FailureLimit {
  /** How many failures of one address are allowed within {@link #WINDOW}. */
  static final int OF_ONE = 10;

  /** How many failures of all addresses are allowed within it. */
  static final int OF_ALL = 100;

  static final Duration WINDOW = Duration.ofMinutes(1);

  private record Failed(String address, long at) {}

  private final Deque<Failed> failures = new ArrayDeque<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final LongSupplier nanos;

  /**
   * No failures yet.
   *
   * @param nanos a monotonic time in nanoseconds
   */
  FailureLimit(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Whether an address must wait. */
  synchronized boolean isReached(String address) {
    forget();
    return failures.size() >= OF_ALL || counts.getOrDefault(address, 0) >= OF_ONE;
  }

  /** Counts a failure. */
  synchronized void failed(String address) {
    forget();
    failures.addLast(new Failed(address, nanos.getAsLong()));
    counts.merge(address, 1, Integer::sum);
  }

  private void forget() {
    long oldest = nanos.getAsLong() - WINDOW.toNanos();
    while (!failures.isEmpty() && failures.peekFirst().at() - oldest <= 0) {
      counts.computeIfPresent(
          failures.removeFirst().address(), (address, n) -> n == 1 ? null : n - 1);
    }
  }
}
