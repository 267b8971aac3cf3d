package dev.clinicnet.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;

/**
 * The documented limit of requests per rolling minute and account. Whether refused calls count is
 * not documented; here they do not.
 */
final class RateWindow {
  private static final Duration WINDOW = Duration.ofSeconds(60);

  private final Clock clock;
  private final OptionalInt limit;
  private final Deque<Instant> accepted = new ArrayDeque<>();

  RateWindow(Clock clock, OptionalInt limit) {
    this.clock = clock;
    this.limit = limit;
  }

  synchronized void take() {
    if (limit.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    Instant start = now.minus(WINDOW);
    while (!accepted.isEmpty() && !accepted.peekFirst().isAfter(start)) {
      accepted.removeFirst();
    }
    if (accepted.size() >= limit.getAsInt()) {
      throw SimulatorError.RATE_LIMITED.with(limit.getAsInt());
    }
    accepted.addLast(now);
  }

  synchronized void reset() {
    accepted.clear();
  }
}
