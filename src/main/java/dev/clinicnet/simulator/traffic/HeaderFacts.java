package dev.clinicnet.simulator.traffic;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The facts of header fields that expressions read, for requests and responses. */
final class HeaderFacts {
  private static final CelType TEXT = SimpleType.STRING;

  private HeaderFacts() {}

  /** One of the facts; null if it is absent. */
  record Fact(CelType type, Function<Headers, Object> value) {

    Object of(Headers headers) {
      return value.apply(headers);
    }
  }

  /** The facts by the name after {@code req.} or {@code res.}. */
  static Map<String, Fact> variables() {
    return Map.of(
        "headers",
        new Fact(MapType.create(TEXT, ListType.create(TEXT)), HeaderFacts::map),
        "content_length",
        new Fact(SimpleType.INT, HeaderFacts::length),
        "content_encoding",
        new Fact(ListType.create(TEXT), HeaderFacts::encodings),
        "content_type",
        new Fact(TEXT, headers -> type(headers).split(";", -1)[0].strip().toLowerCase(Locale.ROOT)),
        "content_type.raw",
        new Fact(TEXT, HeaderFacts::type),
        "content_type.parameters",
        new Fact(MapType.create(TEXT, TEXT), HeaderFacts::parameters));
  }

  /** The values by lower-case name (documented). */
  private static Map<String, List<String>> map(Headers headers) {
    Map<String, List<String>> map = new LinkedHashMap<>();
    headers.names().forEach(name -> map.put(name.toLowerCase(Locale.ROOT), headers.all(name)));
    return map;
  }

  private static Long length(Headers headers) {
    return headers
        .first("content-length")
        .filter(text -> text.matches("[0-9]{1,18}"))
        .map(Long::valueOf)
        .orElse(null);
  }

  private static List<String> encodings(Headers headers) {
    return headers.all("content-encoding").stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip)
        .toList();
  }

  private static String type(Headers headers) {
    return headers.first("content-type").orElse("");
  }

  private static Map<String, String> parameters(Headers headers) {
    Map<String, String> parameters = new LinkedHashMap<>();
    String[] parts = type(headers).split(";", -1);
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals > 0) {
        String name = parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT);
        parameters.put(name, parts[i].substring(equals + 1).strip().replace("\"", ""));
      }
    }
    return parameters;
  }
}
