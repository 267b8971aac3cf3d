package dev.clinicnet.operator.fleetpage;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The search and the filters in a URL. Everything that a page shows follows from them. */
record Query(Map<String, String> values) {
  static final String SEARCH = "q";
  static final String STATE = "state";
  static final String NAMESPACE = "namespace";
  static final String CAUSE = "cause";
  static final String PAGE = "page";
  static final String HOURS = "hours";
  static final String ACCOUNT = "account";
  static final String REFRESH = "refresh";

  private static final List<String> KNOWN =
      List.of(SEARCH, STATE, NAMESPACE, CAUSE, PAGE, HOURS, ACCOUNT, REFRESH);
  private static final int LONGEST = 200;

  Query {
    values = Map.copyOf(values);
  }

  /**
   * Reads the part of a URL after the question mark. What is not known, or no valid text, is
   * ignored.
   *
   * @param raw null if there is none
   */
  static Query parse(String raw) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (equals >= 0 && KNOWN.contains(name)) {
        String value = decoded(pair.substring(equals + 1)).strip();
        if (!value.isEmpty() && value.length() <= LONGEST) {
          values.put(name, value);
        }
      }
    }
    return new Query(values);
  }

  /** A value; empty if it is not given. */
  String get(String name) {
    return values.getOrDefault(name, "");
  }

  /** A whole number from 1; the fallback if it is not given, or not one. */
  int number(String name, int fallback) {
    String text = get(name);
    return text.matches("[1-9]\\d{0,5}") ? Integer.parseInt(text) : fallback;
  }

  /** Whether the page is loaded again by itself. */
  boolean refreshes() {
    return !get(REFRESH).equals("off");
  }

  /** The same with another value; an empty one removes it. */
  Query with(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(values);
    if (value.isEmpty()) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return new Query(changed);
  }

  /** Only what is kept from page to page. */
  Query fresh() {
    return new Query(Map.of()).with(REFRESH, get(REFRESH));
  }

  /** The address of a page with this. */
  String on(String path) {
    String text =
        KNOWN.stream()
            .filter(values::containsKey)
            .map(name -> name + "=" + encoded(values.get(name)))
            .collect(Collectors.joining("&"));
    return text.isEmpty() ? path : path + "?" + text;
  }

  /** One element of a path. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
