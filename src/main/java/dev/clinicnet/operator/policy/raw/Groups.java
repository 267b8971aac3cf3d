package dev.clinicnet.operator.policy.raw;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Values that hold others: lists, maps and objects with fields. */
final class Groups {

  private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final int MAX_HEADERS = 10;

  private Groups() {}

  static Shape list(int min, int max, Shape each) {
    return (value, place) -> {
      if (!(value instanceof List<?> list)) {
        place.error(
            Shapes.mismatch(value, "a list") + ": write one entry a line, each after \"- \"");
        return;
      }
      count(list.size(), min, max, place);
      for (int i = 0; i < list.size(); i++) {
        one(list.get(i), each, place.item(i));
      }
    };
  }

  /** Only after a list shape. */
  static Shape unique() {
    return (value, place) -> {
      Set<Object> seen = new HashSet<>();
      List<?> list = (List<?>) value;
      for (int i = 0; i < list.size(); i++) {
        if (!seen.add(list.get(i))) {
          place.item(i).error("stands there twice: take one out");
        }
      }
    };
  }

  static Shape map(int min, int max, Shape each) {
    return (value, place) -> {
      if (!(value instanceof Map<?, ?> map)) {
        place.error(Shapes.mismatch(value, "a map") + ": write one \"name: value\" a line");
        return;
      }
      count(map.size(), min, max, place);
      map.forEach(
          (key, below) -> {
            Place there = place.field(String.valueOf(key));
            Interpolations.check(String.valueOf(key), there);
            one(below, each, there);
          });
    };
  }

  /** A map of headers; ngrok takes ten. */
  static Shape headers(int min) {
    return map(min, MAX_HEADERS, Shapes.template().and(Groups::oneLine))
        .and(
            (value, place) ->
                ((Map<?, ?>) value)
                    .keySet()
                    .forEach(name -> headerName(name, place.field(String.valueOf(name)))));
  }

  /** A list of names of headers; ngrok takes one to ten. */
  static Shape headerNames() {
    return list(1, MAX_HEADERS, Shapes.text().and(Groups::headerName));
  }

  /** Exactly these fields. */
  static Shape object(Field... fields) {
    return (value, place) -> fields(List.of(fields), value, place);
  }

  /** A list of such objects, or just one of them. */
  static Shape oneOrMore(Shape each) {
    return (value, place) -> {
      if (value instanceof List) {
        list(1, Integer.MAX_VALUE, each).check(value, place);
      } else {
        each.check(value, place);
      }
    };
  }

  static void fields(List<Field> fields, Object value, Place place) {
    if (!(value instanceof Map<?, ?> map)) {
      place.error(Shapes.mismatch(value, "a map") + ": write one \"name: value\" a line");
      return;
    }
    List<String> known = new ArrayList<>(fields.stream().map(Field::name).toList());
    map.keySet()
        .forEach(
            key -> {
              String name = String.valueOf(key);
              if (!known.contains(name)) {
                place
                    .field(name)
                    .error(
                        (known.isEmpty()
                                ? "is unknown, since there are no fields here: take it out"
                                : "is unknown: take it out or write one of "
                                    + String.join(", ", known))
                            + NearestName.hint(name, known));
              }
            });
    for (Field field : fields) {
      if (map.containsKey(field.name())) {
        one(map.get(field.name()), field.shape(), place.field(field.name()));
      } else if (field.required()) {
        place.field(field.name()).error("is missing: ngrok wants it");
      }
    }
  }

  private static void one(Object value, Shape shape, Place place) {
    if (value == null) {
      place.error("is null: write a value or take it out");
    } else {
      shape.check(value, place);
    }
  }

  private static void count(int size, int min, int max, Place place) {
    if (size < min) {
      place.error("has %d entries: ngrok wants at least %d".formatted(size, min));
    } else if (size > max) {
      place.error("has %d entries: ngrok takes at most %d".formatted(size, max));
    }
  }

  private static void headerName(Object name, Place place) {
    if (!HEADER.matcher(String.valueOf(name)).matches()) {
      place.error(
          "\"%s\" is no name of a header: write letters, digits and hyphens".formatted(name));
    }
  }

  private static void oneLine(Object value, Place place) {
    if (((String) value).chars().anyMatch(c -> c == '\n' || c == '\r')) {
      place.error("a header's value is one line: take the line break out");
    }
  }
}
