package dev.clinicnet.operator.policy.raw;

import dev.clinicnet.operator.suggestion.NearestName;
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
    return map(min, MAX_HEADERS, Groups::headerValue)
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

  /** A list; one text alone is in public use too, and is sent as a list. */
  static Shape listOrOne(Shape each) {
    return (value, place) -> {
      if (value instanceof String) {
        int errors = place.errors().size();
        each.check(value, place);
        if (place.errors().size() == errors) {
          place.warn("ngrok documents a list: it is sent as a list of one");
        }
      } else {
        list(0, Integer.MAX_VALUE, each).check(value, place);
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
                unknown(name, map.get(key), known, place);
              }
            });
    for (Field field : fields) {
      if (map.containsKey(field.name())) {
        one(map.get(field.name()), field.shape(), place.field(field.name()));
      } else if (field.need() == Field.Need.REQUIRED) {
        place.field(field.name()).error("is missing: ngrok wants it");
      } else if (field.need() == Field.Need.EXPECTED) {
        place.field(field.name()).warn("is missing: ngrok's reference asks for it");
      }
    }
  }

  /** ngrok may have added it since. What it means is not known, so it may reach nothing. */
  private static void unknown(String name, Object value, List<String> known, Place place) {
    Place there = place.field(name);
    int errors = place.errors().size();
    Shapes.unknown().check(name, there);
    Shapes.unknown().check(value, there);
    if (place.errors().size() == errors) {
      there.warn(
          (known.isEmpty()
                  ? "is unknown, since there are no fields here: take it out"
                  : "is unknown: take it out or write one of " + String.join(", ", known))
              + NearestName.hint(name, known));
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

  /** Numbers and truth values are in use, although ngrok's reference says text. */
  private static void headerValue(Object value, Place place) {
    if (value instanceof Number || value instanceof Boolean) {
      place.warn(
          value instanceof Number
              ? "is sent as text: put it in quotes, \"" + value + "\""
              : "is sent as the text \"" + value + "\": put what you wrote in quotes");
    } else {
      Shapes.template().and(Groups::oneLine).check(value, place);
    }
  }

  private static void oneLine(Object value, Place place) {
    if (((String) value).chars().anyMatch(c -> c == '\n' || c == '\r')) {
      place.error("a header's value is one line: take the line break out");
    }
  }
}
