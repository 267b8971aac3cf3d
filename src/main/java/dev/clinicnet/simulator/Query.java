package dev.clinicnet.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Reads a query string as strictly as documented. */
final class Query {
  private Query() {}

  static Map<String, List<String>> parse(String raw) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    if (raw == null || raw.isEmpty()) {
      return query;
    }
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      query.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }
    return query;
  }

  static void check(Map<String, List<String>> query, Route route) {
    TreeSet<String> unknown = new TreeSet<>(query.keySet());
    unknown.removeAll(route.query());
    if (!unknown.isEmpty()) {
      throw SimulatorError.QUERY_UNKNOWN.with(
          String.join(", ", unknown), String.join(", ", new TreeSet<>(route.query())));
    }
    query.forEach(
        (name, values) -> {
          if (values.size() > 1 && !route.repeatable().contains(name)) {
            throw SimulatorError.QUERY_REPEATED.with(name, values.size());
          }
        });
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw SimulatorError.QUERY_INVALID.with(text);
    }
  }
}
