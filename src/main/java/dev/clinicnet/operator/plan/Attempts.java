package dev.clinicnet.operator.plan;

import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.NgrokException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The steps that failed recently, and when they may be tried again. A step that differs in any way,
 * for example after a correction of the manifest, is another step and goes at once. So does a step
 * that has become more urgent. A step that has become less urgent keeps its lane: a change that a
 * user waits for does not become mass work because there was no free request at first.
 */
public final class Attempts {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** The first wait; it doubles with each failure. Domains take seconds to be usable. */
  private static final Duration FIRST = Duration.ofSeconds(10);

  private static final Set<Failure> OUTAGE =
      EnumSet.of(Failure.UNAUTHORIZED, Failure.UNAVAILABLE, Failure.OUTCOME_UNKNOWN);

  private final Map<Key, Failed> failed = new ConcurrentHashMap<>();
  private final Map<String, String> retried = new ConcurrentHashMap<>();

  /**
   * A step that failed, and when it may be tried again.
   *
   * @param lane the lane that it was tried in
   */
  public record Failed(NgrokException failure, Lane lane, int times, Instant notBefore) {}

  private record Key(String owner, Step step) {
    /** The key of a step, without its lane. */
    static Key of(String owner, Step step) {
      return new Key(owner, step.in(Lane.BULK));
    }
  }

  /**
   * The last failure of a step that may not be tried again yet. A step that only waits for its turn
   * may always be tried.
   */
  public Optional<Failed> blocking(String owner, Step step, Instant now) {
    return last(owner, step)
        .filter(attempt -> attempt.failure().failure() != Failure.WAITING)
        .filter(attempt -> attempt.lane().compareTo(step.lane()) <= 0)
        .filter(attempt -> now.isBefore(attempt.notBefore()));
  }

  /** The step in the most urgent lane in which it was tried. */
  Step inItsLane(String owner, Step step) {
    return last(owner, step)
        .map(Failed::lane)
        .filter(lane -> lane.compareTo(step.lane()) < 0)
        .map(step::in)
        .orElse(step);
  }

  /** The last failure of a step, also when it may be tried again; empty after it has succeeded. */
  Optional<Failed> last(String owner, Step step) {
    return Optional.ofNullable(failed.get(Key.of(owner, step)));
  }

  Failed fail(String owner, Step step, NgrokException failure, Instant now) {
    return failed.compute(
        Key.of(owner, step),
        (key, before) -> {
          int times = (before == null ? 0 : before.times()) + (isTried(failure) ? 1 : 0);
          return new Failed(failure, step.lane(), times, now.plus(wait(failure, times)));
        });
  }

  void succeed(String owner, Step step) {
    failed.remove(Key.of(owner, step));
  }

  /**
   * Forgets failures of the platform or the key, so that these steps may be tried again at once.
   */
  public void forgetOutage() {
    failed.values().removeIf(attempt -> OUTAGE.contains(attempt.failure().failure()));
  }

  /**
   * Lets every step of an object be tried again at once, when a person asks for it.
   *
   * @param text the text of the request; each text counts once
   */
  public void retry(String owner, Optional<String> text) {
    text.filter(asked -> !asked.equals(retried.put(owner, asked))).ifPresent(asked -> clear(owner));
  }

  /** Forgets everything about an object that is gone. */
  public void forget(String owner) {
    retried.remove(owner);
    clear(owner);
  }

  private void clear(String owner) {
    failed.keySet().removeIf(key -> key.owner().equals(owner));
  }

  /** Whether it was sent. */
  private static boolean isTried(NgrokException failure) {
    return failure.failure() != Failure.WAITING;
  }

  private static Duration wait(NgrokException failure, int times) {
    if (failure.retryAfter() != null) {
      return failure.retryAfter();
    }
    return switch (failure.failure()) {
      case NOT_FOUND, ALREADY_EXISTS, OUTCOME_UNKNOWN, NOT_LEADING ->
          // A new list may settle the outcome. If it does not, the next lists come later each time.
          times == 1 ? Duration.ZERO : doubled(times - 1);
      case INVALID, ACCOUNT_LIMIT -> LONGEST;
      case WAITING -> FIRST;
      case CONFLICT, UNAUTHORIZED, THROTTLED, UNAVAILABLE -> doubled(times);
    };
  }

  private static Duration doubled(int times) {
    Duration wait = FIRST.multipliedBy(1L << Math.min(times - 1, 10));
    return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
  }
}
