package dev.clinicnet.operator.policy.raw;

import dev.clinicnet.operator.policy.Cidr;
import dev.clinicnet.operator.suggestion.NearestName;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares a config with what the catalogue says of its fields. Errors are texts that do not parse
 * or that read a foreign secret, and a text, list or map in the place of another of the three.
 * Everything else that differs is a warning.
 */
final class FieldCheck {

  private FieldCheck() {}

  /** Checks the fields of a config, or of an object in it. */
  static void fields(Map<String, FieldType> known, Map<?, ?> tree, Place place) {
    tree.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          if (known.containsKey(name)) {
            value(known.get(name), value, place.field(name));
          } else {
            unknown(name, value, known.keySet(), place.field(name));
          }
        });
    known.forEach(
        (name, type) -> {
          if (type.required() && !tree.containsKey(name) && !isMistyped(name, known, tree)) {
            place.field(name).warn("is missing: ngrok's reference asks for it");
          }
        });
  }

  /** Whether another, unknown name probably means this one. The unknown name is reported then. */
  private static boolean isMistyped(String name, Map<String, FieldType> known, Map<?, ?> tree) {
    return tree.keySet().stream()
        .map(String::valueOf)
        .filter(other -> !known.containsKey(other))
        .anyMatch(other -> NearestName.of(other, known.keySet()).filter(name::equals).isPresent());
  }

  /**
   * ngrok may have added the field since. Its meaning is not known, so its value may reach nothing.
   */
  private static void unknown(String name, Object value, Set<String> known, Place there) {
    int errors = there.errors().size();
    UnknownText.check(name, there);
    UnknownText.check(value, there);
    if (there.errors().size() == errors) {
      there.warn(
          (known.isEmpty()
                  ? "is unknown, since there are no fields here: take it out"
                  : "is unknown: take it out or write one of " + String.join(", ", known))
              + NearestName.hint(name, known));
    }
  }

  private static void value(FieldType type, Object value, Place outer) {
    Place place = type.secret() ? outer.inConfidence() : outer;
    if (type.type().equals("any")) {
      UnknownText.visit(value, place, Interpolations::check);
    } else if (value == null) {
      place.warn("is null: write a value or take it out");
    } else if (type.single() && value instanceof Map) {
      value(type.of(), value, place);
    } else {
      switch (type.type()) {
        case "list" -> list(type, value, place);
        case "map" -> map(type, value, place);
        case "object" -> object(type, value, place);
        default -> scalar(type, value, place);
      }
    }
  }

  private static void list(FieldType type, Object value, Place place) {
    if (!(value instanceof List<?> list)) {
      place.error(Mismatch.of(value, "a list") + ": write one entry a line, each after \"- \"");
      return;
    }
    count(type, list.size(), place);
    for (int i = 0; i < list.size(); i++) {
      value(type.of(), list.get(i), place.item(i));
    }
  }

  private static void map(FieldType type, Object value, Place place) {
    if (!(value instanceof Map<?, ?> map)) {
      place.error(Mismatch.of(value, "a map") + ": write one \"name: value\" a line");
      return;
    }
    count(type, map.size(), place);
    map.forEach(
        (key, below) -> {
          Place there = place.field(String.valueOf(key));
          Interpolations.check(String.valueOf(key), there);
          if (type.keys() != null) {
            text(type.keys(), String.valueOf(key), there);
          }
          value(type.of(), below, there);
        });
  }

  private static void object(FieldType type, Object value, Place place) {
    if (value instanceof Map<?, ?> map) {
      fields(type.fields(), map, place);
    } else {
      place.error(Mismatch.of(value, "a map") + ": write one \"name: value\" a line");
    }
  }

  private static void count(FieldType type, int size, Place place) {
    if (type.from() != null && size < Integer.parseInt(type.from())) {
      place.warn("has %d entries: ngrok wants at least %s".formatted(size, type.from()));
    } else if (type.to() != null && size > Integer.parseInt(type.to())) {
      place.warn("has %d entries: ngrok takes at most %s".formatted(size, type.to()));
    }
  }

  private static void scalar(FieldType type, Object value, Place place) {
    boolean expression = type.type().equals("expression");
    if (value instanceof Map || value instanceof List) {
      place.error(Mismatch.of(value, "a string") + ": write a string");
    } else if (value instanceof String text && expression) {
      place.checkCel(CelExpression.parse(text), text, 0, Set.copyOf(type.names()));
    } else if (!(value instanceof String text) || Interpolations.check(text, place)) {
      switch (type.type()) {
        case "boolean" -> bool(value, place);
        case "integer" -> integer(type, value, place);
        case "fraction" -> fraction(value, place);
        case "duration" -> Durations.check(type, value, place);
        default -> string(type, value, place);
      }
    }
  }

  private static void bool(Object value, Place place) {
    if (!(value instanceof Boolean)) {
      place.warn(
          "%s: write true or false, without quotes".formatted(Mismatch.of(value, "a boolean")));
    }
  }

  private static void integer(FieldType type, Object value, Place place) {
    if (!(value instanceof Number) || Mismatch.isFraction(value)) {
      place.warn(
          "%s: write one from %s to %s, without quotes"
              .formatted(Mismatch.of(value, "a whole number"), type.from(), type.to()));
      return;
    }
    BigInteger number = new BigInteger(value.toString());
    if (number.compareTo(new BigInteger(type.from())) < 0
        || number.compareTo(new BigInteger(type.to())) > 0) {
      place.warn(
          type.from().equals(type.to())
              ? "%s is not allowed: it is always %s, so leave it out".formatted(number, type.to())
              : "%s is out of bounds: write a whole number from %s to %s"
                  .formatted(number, type.from(), type.to()));
    }
  }

  private static void fraction(Object value, Place place) {
    if (!(value instanceof Number number)) {
      place.warn(
          "%s: write one from 0 to 1, without quotes".formatted(Mismatch.of(value, "a number")));
    } else if (!(number.doubleValue() >= 0 && number.doubleValue() <= 1)) {
      place.warn("\"%s\" is out of bounds: write a number from 0 to 1".formatted(value));
    }
  }

  /** A boolean is not quoted back, because the file may have {@code no} or {@code off} for it. */
  private static void string(FieldType type, Object value, Place place) {
    if (value instanceof String text) {
      text(type, text, place);
    } else {
      place.warn(
          Mismatch.of(value, "a string")
              + ": "
              + (value instanceof Boolean || place.confidential()
                  ? "put what you wrote in quotes"
                  : "put it in quotes, \"" + value + "\""));
    }
  }

  private static void text(FieldType type, String text, Place place) {
    boolean evaluated = Interpolations.in(text);
    if (evaluated && type.type().equals("text")) {
      place.warn("ngrok does not evaluate ${…} in this field: write the value out");
    } else if (type.type().equals("network") && !evaluated) {
      network(text, place);
    } else if (!type.values().isEmpty() && !type.values().contains(text)) {
      place.warn(
          "\"%s\" is none of the values that ngrok documents: write %s"
                  .formatted(text, String.join(", ", type.values()))
              + NearestName.hint(text, type.values()));
    } else if (type.pattern() != null && !type.pattern().matcher(text).matches()) {
      place.warn(type.message().replace("%s", text));
    } else if (type.to() != null && text.length() > Integer.parseInt(type.to())) {
      place.warn("has %d characters: at most %s are allowed".formatted(text.length(), type.to()));
    }
  }

  private static void network(String text, Place place) {
    try {
      Cidr.parse(text);
    } catch (IllegalArgumentException e) {
      place.warn(e.getMessage());
    }
  }
}
