package dev.clinicnet.simulator.traffic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Keeps the results for the latest texts. Safe for many threads. */
final class BoundedCache<T> {
  private final Map<String, T> values;

  BoundedCache(int limit) {
    this.values =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
            return size() > limit;
          }
        };
  }

  /** The value of a text. The function computes it if it is not kept. */
  synchronized T get(String text, Function<String, T> make) {
    T value = values.get(text);
    if (value == null) {
      value = make.apply(text);
      values.put(text, value);
    }
    return value;
  }
}
