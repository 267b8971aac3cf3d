package dev.clinicnet.operator.plan;

import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The steps that failed recently, and when they may be tried again. A step that differs in any way,
 * for example after a correction of the manifest, is another step and goes at once. So does a step
 * that has become more urgent. A step that has become less urgent keeps its lane: a change that a
 * user waits for does not become mass work because there was no free request at first.
 *
 * <p>Only steps of an owner's last plan are remembered, so this does not grow with time.
 */
public final class Attempts {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** The first wait; it doubles with each failure. Domains take seconds to be usable. */
  private static final Duration FIRST = Duration.ofSeconds(10);

  private static final Set<Failure> OUTAGE =
      EnumSet.of(Failure.UNAUTHORIZED, Failure.UNAVAILABLE, Failure.OUTCOME_UNKNOWN);

  private final Map<String, OfOwner> owners = new HashMap<>();
  private final Map<String, String> retried = new HashMap<>();

  /**
   * A step that failed, and when it may be tried again.
   *
   * @param lane the lane that it was tried in
   */
  public record Failed(NgrokException failure, Lane lane, int times, Instant notBefore) {}

  /**
   * What is known about the steps of one owner.
   *
   * @param failed the steps that were sent and failed, without their lane
   * @param waiting the lanes of the steps that were not sent yet
   */
  private record OfOwner(Map<Step, Failed> failed, Map<Object, Lane> waiting) {
    OfOwner() {
      this(new HashMap<>(), new HashMap<>());
    }

    boolean isEmpty() {
      return failed.isEmpty() && waiting.isEmpty();
    }
  }

  /** A creation that waits. Its body may have another nonce the next time. */
  private record Creation(Resource<?, ?, ?> resource, String name) {}

  /**
   * The last failure of a step that may not be tried again yet. A step that only waits for its turn
   * may always be tried.
   */
  public Optional<Failed> blocking(String owner, Step step, Instant now) {
    return last(owner, step)
        .filter(attempt -> attempt.lane().compareTo(step.lane()) <= 0)
        .filter(attempt -> now.isBefore(attempt.notBefore()));
  }

  /** The step in the most urgent lane in which it was tried. */
  synchronized Step inItsLane(String owner, Step step) {
    OfOwner known = owners.getOrDefault(owner, new OfOwner());
    return Stream.of(
            Optional.ofNullable(known.failed().get(laneless(step))).map(Failed::lane),
            Optional.ofNullable(known.waiting().get(waiting(step))))
        .flatMap(Optional::stream)
        .min(Lane::compareTo)
        .filter(lane -> lane.compareTo(step.lane()) < 0)
        .map(step::in)
        .orElse(step);
  }

  /** The last failure of a step, also when it may be tried again; empty after it has succeeded. */
  synchronized Optional<Failed> last(String owner, Step step) {
    return Optional.ofNullable(owners.get(owner)).map(known -> known.failed().get(laneless(step)));
  }

  synchronized Failed fail(String owner, Step step, NgrokException failure, Instant now) {
    OfOwner known = owners.computeIfAbsent(owner, added -> new OfOwner());
    if (failure.failure() == Failure.WAITING) {
      known.waiting().put(waiting(step), step.lane());
      return new Failed(failure, step.lane(), 0, now.plus(wait(failure, 0)));
    }
    return known
        .failed()
        .compute(
            laneless(step),
            (key, before) -> {
              int times = (before == null ? 0 : before.times()) + 1;
              return new Failed(failure, step.lane(), times, now.plus(wait(failure, times)));
            });
  }

  synchronized void succeed(String owner, Step step) {
    OfOwner known = owners.get(owner);
    if (known != null) {
      known.failed().remove(laneless(step));
      known.waiting().remove(waiting(step));
      forgetEmpty(owner, known);
    }
  }

  /** Forgets the steps that are not in the present plan of an owner. */
  public synchronized void keep(String owner, List<Step> plan) {
    OfOwner known = owners.get(owner);
    if (known != null) {
      Set<Step> steps = new HashSet<>();
      Set<Object> waiting = new HashSet<>();
      for (Step step : plan) {
        steps.add(laneless(step));
        waiting.add(waiting(step));
      }
      known.failed().keySet().retainAll(steps);
      known.waiting().keySet().retainAll(waiting);
      forgetEmpty(owner, known);
    }
  }

  /**
   * Forgets failures of the platform or the key, so that these steps may be tried again at once.
   */
  public synchronized void forgetOutage() {
    owners
        .values()
        .forEach(
            known ->
                known
                    .failed()
                    .values()
                    .removeIf(attempt -> OUTAGE.contains(attempt.failure().failure())));
    owners.values().removeIf(OfOwner::isEmpty);
  }

  /**
   * Lets every step of an object be tried again at once, when a person asks for it.
   *
   * @param text the text of the request; each text counts once
   */
  public synchronized void retry(String owner, Optional<String> text) {
    text.filter(asked -> !asked.equals(retried.put(owner, asked)))
        .ifPresent(asked -> owners.remove(owner));
  }

  /** Forgets everything about an object that is gone. */
  public synchronized void forget(String owner) {
    retried.remove(owner);
    owners.remove(owner);
  }

  /** How many steps are remembered. */
  synchronized int size() {
    return owners.values().stream()
        .mapToInt(known -> known.failed().size() + known.waiting().size())
        .sum();
  }

  private void forgetEmpty(String owner, OfOwner known) {
    if (known.isEmpty()) {
      owners.remove(owner);
    }
  }

  private static Step laneless(Step step) {
    return step.in(Lane.BULK);
  }

  /** What a step that waits is known by. */
  private static Object waiting(Step step) {
    return step instanceof Step.Create<?, ?> create
        ? new Creation(create.resource(), create.name())
        : laneless(step);
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
