package dev.clinicnet.operator.policy.raw;

import dev.clinicnet.operator.suggestion.NearestName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Values that stand for themselves. */
final class Shapes {

  private static final Pattern INTERNAL =
      Pattern.compile("\\.internal\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern SECRETS = Pattern.compile("\\bsecrets\\b");

  private Shapes() {}

  /** A string that ngrok takes as it is. */
  static Shape text() {
    return string(
        (text, place) -> {
          if (Interpolations.in(text)) {
            place.error("ngrok does not evaluate ${…} in this field: write the value out");
          }
        });
  }

  /** A string in which ngrok evaluates <code>${…}</code>. */
  static Shape template() {
    return string(Interpolations::check);
  }

  /** An expression, where a name or two may be known that are not elsewhere. */
  static Shape cel(String... extraNames) {
    return string(
        (text, place) -> place.checkCel(CelExpression.parse(text), text, 0, Set.of(extraNames)));
  }

  static Shape oneOf(String... values) {
    return text()
        .and(
            (value, place) -> {
              if (!List.of(values).contains((String) value)) {
                String one = String.join(", ", values);
                place.warn(
                    "%s is none of the values that ngrok documents: write %s"
                            .formatted(shown(value, place), one)
                        + NearestName.hint((String) value, List.of(values)));
              }
            });
  }

  static Shape nonEmpty() {
    return (value, place) -> {
      if (((String) value).isBlank()) {
        place.error("is empty: write a value");
      }
    };
  }

  static Shape atMost(int characters) {
    return (value, place) -> {
      int length = ((String) value).length();
      if (length > characters) {
        place.error("has %d characters: at most %d are allowed".formatted(length, characters));
      }
    };
  }

  static Shape bool() {
    return (value, place) -> {
      if (!(value instanceof Boolean)) {
        place.error(
            "%s: write true or false, without quotes".formatted(mismatch(value, "a boolean")));
      }
    };
  }

  /** A whole number within the bounds. */
  static Shape integer(long min, long max) {
    return (value, place) -> {
      if (!(value instanceof Integer
          || value instanceof Long
          || value instanceof Short
          || value instanceof BigInteger)) {
        place.error(
            "%s: write one from %d to %d, without quotes"
                .formatted(mismatch(value, "a whole number"), min, max));
        return;
      }
      BigInteger number = new BigInteger(value.toString());
      if (number.compareTo(BigInteger.valueOf(min)) < 0
          || number.compareTo(BigInteger.valueOf(max)) > 0) {
        place.error(
            min == max
                ? "%s is not allowed: it is always %d, so leave it out".formatted(number, min)
                : "%s is out of bounds: write a whole number from %d to %d"
                    .formatted(number, min, max));
      }
    };
  }

  /** A number from 0 to 1. */
  static Shape fraction() {
    return (value, place) -> {
      if (!(value instanceof Number number)) {
        place.error(
            "%s: write one from 0 to 1, without quotes".formatted(mismatch(value, "a number")));
        return;
      }
      double fraction = number.doubleValue();
      if (!(fraction >= 0 && fraction <= 1)) {
        place.error(
            "%s is out of bounds: write a number from 0 to 1".formatted(shown(value, place)));
      }
    };
  }

  /** Anything at all; every string in it may hold <code>${…}</code>, the keys too. */
  static Shape free() {
    return (value, place) -> strings(value, place, Interpolations::check);
  }

  /**
   * A value whose meaning is not known: an URL, an expression, anything. It may name no internal
   * endpoint, build no name, and read no secret.
   */
  static Shape unknown() {
    return (value, place) -> strings(value, place, Shapes::unknownText);
  }

  private static void unknownText(String text, Place place) {
    int errors = place.errors().size();
    Interpolations.check(text, place);
    if (place.errors().size() > errors) {
      return;
    }
    if (INTERNAL.matcher(text).find()) {
      place.error("an internal endpoint is only for the service's own forward: take it out");
    } else if (Interpolations.in(text)) {
      place.error(
          "${…} could build the URL of an internal endpoint, in a place whose meaning is not known:"
              + " write the value out");
    } else if (SECRETS.matcher(text).find()) {
      place.error(
          "the word secrets could be a call in a place that is not known: use another word");
    }
  }

  /** Visits every string in a tree, the keys of its maps too. */
  static void strings(Object value, Place place, BiConsumer<String, Place> visit) {
    if (value instanceof String text) {
      visit.accept(text, place);
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        strings(list.get(i), place.item(i), visit);
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, below) -> {
            Place there = place.field(String.valueOf(key));
            visit.accept(String.valueOf(key), there);
            strings(below, there, visit);
          });
    }
  }

  /** As in {@code is a string, not a whole number}. */
  static String mismatch(Object value, String wanted) {
    return "is %s, not %s".formatted(name(value), wanted);
  }

  static String shown(Object value, Place place) {
    return place.confidential() ? "the value" : "\"" + value + "\"";
  }

  static Shape string(BiConsumer<String, Place> check) {
    return (value, place) -> {
      if (value instanceof String text) {
        check.accept(text, place);
      } else {
        place.error(mismatch(value, "a string") + ": " + instead(value, place));
      }
    };
  }

  /** Whether {@code false} stands in the file, or no, or off, is not known any more. */
  private static String instead(Object value, Place place) {
    if (value instanceof Boolean) {
      return "put what you wrote in quotes";
    }
    return value instanceof Number && !place.confidential()
        ? "put it in quotes, \"" + value + "\""
        : "write a string";
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
    if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
      return "a fraction";
    }
    return value instanceof Number ? "a whole number" : "a string";
  }
}
