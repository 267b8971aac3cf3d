package dev.clinicnet.operator.metrics;

import dev.clinicnet.operator.ngrok.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Whether ngrok accepts the API key now, by its answers. A kind of request counts as refused after
 * two refusals in a row, because a single one may be a fault. It counts as refused until such a
 * request is accepted, or until none was refused for a while, because then such requests are no
 * longer made. Safe for threads.
 */
final class KeyState {
  /**
   * The time after which a refusal is forgotten. It is longer than the longest wait before a
   * refused request is repeated.
   */
  private static final Duration FORGOTTEN = Duration.ofMinutes(15);

  private static final int REFUSALS = 2;

  /**
   * After these failures nothing is known about the key, because there was no answer, or none about
   * the key.
   */
  static final Set<Failure> SILENT =
      EnumSet.of(
          Failure.UNAVAILABLE, Failure.OUTCOME_UNKNOWN, Failure.NOT_LEADING, Failure.THROTTLED);

  private final Clock clock;
  private final Map<String, Refused> refused = new HashMap<>();
  private boolean known;

  private record Refused(int times, Instant last) {}

  KeyState(Clock clock) {
    this.clock = clock;
  }

  /**
   * A request has ended.
   *
   * @param request the kind of request, by a text that is the same for all of the kind
   * @param failure null when it succeeded
   */
  synchronized void answered(String request, Failure failure) {
    if (failure == Failure.UNAUTHORIZED) {
      known = true;
      int times = refused.containsKey(request) ? refused.get(request).times() + 1 : 1;
      refused.put(request, new Refused(times, clock.instant()));
    } else if (failure == null || !SILENT.contains(failure)) {
      known = true;
      if (refused.remove(request) != null) {
        // The key is another one, or has other rights, so earlier refusals do not count.
        refused.clear();
      }
    }
  }

  /** 1 while the key is accepted, 0 while it is not, and NaN before the first answer. */
  synchronized double accepted() {
    Instant forgotten = clock.instant().minus(FORGOTTEN);
    refused.values().removeIf(refusal -> refusal.last().isBefore(forgotten));
    boolean isRefused = refused.values().stream().anyMatch(r -> r.times() >= REFUSALS);
    return !known ? Double.NaN : isRefused ? 0 : 1;
  }
}
