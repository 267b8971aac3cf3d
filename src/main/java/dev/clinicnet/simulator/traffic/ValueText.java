package dev.clinicnet.simulator.traffic;

import java.time.Instant;

/** How a value stands within a text. */
final class ValueText {
  private ValueText() {}

  /**
   * Its text.
   *
   * @throws Unmodelled for a value whose text is not documented: a list, a map, bytes, null
   */
  static String of(Object value, String place) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Number || value instanceof Boolean || value instanceof Instant) {
      return String.valueOf(value);
    }
    throw new Unmodelled("the text of a list, a map, bytes or null in a template: " + place);
  }
}
