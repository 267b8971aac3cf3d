package dev.clinicnet.operator.fleetpage;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Remembers answers of Kubernetes for a short time. It holds a limited number, the oldest go. */
final class RecentAnswers<K, V> {
  private static final int MOST = 10_000;

  private record Answer<V>(V value, long until) {}

  private final Map<K, Answer<V>> answers = new LinkedHashMap<>();
  private final Function<V, Duration> lifetime;
  private final LongSupplier nanos;

  /**
   * Without answers.
   *
   * @param lifetime how long an answer counts
   * @param nanos a monotonic time in nanoseconds
   */
  RecentAnswers(Function<V, Duration> lifetime, LongSupplier nanos) {
    this.lifetime = lifetime;
    this.nanos = nanos;
  }

  /** The answer, if it is still known. */
  synchronized Optional<V> find(K question) {
    Answer<V> answer = answers.get(question);
    if (answer == null || answer.until() - nanos.getAsLong() <= 0) {
      answers.remove(question);
      return Optional.empty();
    }
    return Optional.of(answer.value());
  }

  /** Remembers an answer. */
  synchronized V put(K question, V value) {
    answers.remove(question);
    answers.put(question, new Answer<>(value, nanos.getAsLong() + lifetime.apply(value).toNanos()));
    if (answers.size() > MOST) {
      answers.remove(answers.keySet().iterator().next());
    }
    return value;
  }
}
