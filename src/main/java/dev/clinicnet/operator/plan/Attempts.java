package dev.clinicnet.operator.plan;

import dev.clinicnet.operator.ngrok.NgrokException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which steps failed lately, and when they may be tried again. A step that differs in anything, for
 * example because somebody mended the manifest, is another step and goes at once.
 */
public final class Attempts {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** The first wait; it doubles with each failure. Domains take seconds to be usable. */
  private static final Duration FIRST = Duration.ofSeconds(10);

  private final Map<Key, Failed> failed = new ConcurrentHashMap<>();

  /** A step that failed, and when it may be tried again. */
  public record Failed(NgrokException failure, int times, Instant notBefore) {}

  private record Key(String owner, Step step) {}

  /** The last failure of a step that may not be tried again yet. */
  public Optional<Failed> blocking(String owner, Step step, Instant now) {
    return Optional.ofNullable(failed.get(new Key(owner, step)))
        .filter(attempt -> now.isBefore(attempt.notBefore()));
  }

  Failed fail(String owner, Step step, NgrokException failure, Instant now) {
    return failed.compute(
        new Key(owner, step),
        (key, before) -> {
          int times = before == null ? 1 : before.times() + 1;
          return new Failed(failure, times, now.plus(wait(failure, times)));
        });
  }

  void succeed(String owner, Step step) {
    failed.remove(new Key(owner, step));
  }

  /** Forgets everything about an object that is gone. */
  public void forget(String owner) {
    failed.keySet().removeIf(key -> key.owner().equals(owner));
  }

  private static Duration wait(NgrokException failure, int times) {
    if (failure.retryAfter() != null) {
      return failure.retryAfter();
    }
    return switch (failure.failure()) {
      case NOT_FOUND, ALREADY_EXISTS, OUTCOME_UNKNOWN, NOT_LEADING ->
          // A new look may settle it; where it does not, looking goes on ever more slowly.
          times == 1 ? Duration.ZERO : doubled(times - 1);
      case INVALID, ACCOUNT_LIMIT -> LONGEST;
      case CONFLICT, UNAUTHORIZED, THROTTLED, UNAVAILABLE -> doubled(times);
    };
  }

  private static Duration doubled(int times) {
    Duration wait = FIRST.multipliedBy(1L << Math.min(times - 1, 10));
    return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
  }
}
