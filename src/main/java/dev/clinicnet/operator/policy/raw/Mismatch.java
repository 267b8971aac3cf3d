package dev.clinicnet.operator.policy.raw;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Says what a value is, where another kind of value belongs. */
final class Mismatch {

  private Mismatch() {}

  /** As in {@code is a string, not a whole number}. */
  static String of(Object value, String wanted) {
    return "is %s, not %s".formatted(name(value), wanted);
  }

  static boolean isFraction(Object value) {
    return value instanceof Double || value instanceof Float || value instanceof BigDecimal;
  }

  private static String name(Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Map) {
      return "a map";
    }
    if (value instanceof List) {
      return "a list";
    }
    if (value instanceof Boolean) {
      return "a boolean";
    }
    if (isFraction(value)) {
      return "a fraction";
    }
    return value instanceof Number ? "a whole number" : "a string";
  }
}
