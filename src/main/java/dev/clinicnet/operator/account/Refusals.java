package dev.clinicnet.operator.account;

import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Resources that the platform refused to list, and when they may be tried again. Safe for threads.
 */
final class Refusals {
  private static final Duration WAIT = Duration.ofMinutes(1);

  private final Map<Resource<?, ?, ?>, Refusal> refusals = new HashMap<>();
  private final LongSupplier nanos;

  private record Refusal(NgrokException failure, long until) {}

  /**
   * No refusals.
   *
   * @param nanos a monotonic time in nanoseconds
   */
  Refusals(LongSupplier nanos) {
    this.nanos = nanos;
  }

  synchronized void refused(Resource<?, ?, ?> resource, NgrokException failure) {
    Duration wait = failure.retryAfter() == null ? WAIT : failure.retryAfter();
    refusals.put(resource, new Refusal(failure, nanos.getAsLong() + wait.toNanos()));
  }

  synchronized void listed(Resource<?, ?, ?> resource) {
    refusals.remove(resource);
  }

  /** The platform works again, so each resource may be tried at once. */
  synchronized void tryAgain() {
    refusals.replaceAll((resource, refusal) -> new Refusal(refusal.failure(), nanos.getAsLong()));
  }

  synchronized Optional<NgrokException> trouble(Resource<?, ?, ?> resource) {
    return Optional.ofNullable(refusals.get(resource)).map(Refusal::failure);
  }

  /** How long a resource may not be tried; zero or negative when it may be tried. */
  synchronized long wait(Resource<?, ?, ?> resource, long now) {
    Refusal refusal = refusals.get(resource);
    return refusal == null ? 0 : refusal.until() - now;
  }
}
