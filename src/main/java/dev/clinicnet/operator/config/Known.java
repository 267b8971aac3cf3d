package dev.clinicnet.operator.config;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/**
 * What a function says of the texts that it was asked about lately. Every pass asks about the same
 * names, times and marks again, and they hardly ever change. The texts stay in memory, so they must
 * be short, and none of them a secret. Safe for threads.
 */
public final class Known<V> {
  private static final int PLACES = 1 << 12;

  private final Function<String, V> function;

  /** Each text is at the place of its hash, until another takes the place. */
  private final AtomicReferenceArray<Answer<V>> answers = new AtomicReferenceArray<>(PLACES);

  private record Answer<V>(String text, V value) {}

  /**
   * Nothing known yet.
   *
   * @param function says always the same of the same text
   */
  public Known(Function<String, V> function) {
    this.function = function;
  }

  /** What the function says of a text. An exception is not remembered. */
  public V of(String text) {
    int place = Math.floorMod(text.hashCode(), PLACES);
    Answer<V> answer = answers.get(place);
    if (answer == null || !answer.text.equals(text)) {
      answer = new Answer<>(text, function.apply(text));
      answers.set(place, answer);
    }
    return answer.value;
  }
}
