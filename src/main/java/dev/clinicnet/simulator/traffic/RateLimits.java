package dev.clinicnet.simulator.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The number of requests of each key within its window. Safe for many threads. */
final class RateLimits {
  private static final int SWEPT_FROM = 10_000;

  private final Map<List<String>, Window> windows = new HashMap<>();

  /** The times of the admitted requests within a duration. */
  private record Window(Duration length, Deque<Instant> times) {

    void forgetUntil(Instant now) {
      while (!times.isEmpty() && !times.peekFirst().plus(length).isAfter(now)) {
        times.removeFirst();
      }
    }
  }

  /**
   * Admits one more request, unless the window is full. A refused request does not count.
   *
   * @return the time until the next request may come; empty if this one is admitted
   */
  synchronized Optional<Duration> admit(
      List<String> key, int capacity, Duration length, Instant now) {
    sweep(now);
    Window window = windows.get(key);
    if (window == null || !window.length().equals(length)) {
      window = new Window(length, new ArrayDeque<>());
      windows.put(key, window);
    }
    window.forgetUntil(now);
    if (window.times().size() >= capacity) {
      return Optional.of(Duration.between(now, window.times().getFirst().plus(length)));
    }
    window.times().addLast(now);
    return Optional.empty();
  }

  synchronized void reset() {
    windows.clear();
  }

  private void sweep(Instant now) {
    if (windows.size() >= SWEPT_FROM) {
      windows.values().forEach(window -> window.forgetUntil(now));
      windows.values().removeIf(window -> window.times().isEmpty());
    }
  }
}
