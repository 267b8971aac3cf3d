package dev.clinicnet.operator.traffic;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All the paths that some upstream may make of a path as it is sent: decoded or not, however often;
 * with parameters, backslashes and double slashes taken for what they are or not; with a host
 * before it; with its parent directories followed.
 */
final class PathReadings {
  private PathReadings() {}

  /**
   * Whether a path lies below one of those listed. Open where upstreams may read it differently but
   * all of them below one.
   */
  static Reading below(List<String> listed, String rawPath) {
    if (listed.isEmpty() || listed.contains("/")) {
      return Reading.PASSES;
    }
    if (rawPath.matches("(/[-A-Za-z0-9_~]+)+/?|/")) {
      return isBelow(listed, rawPath) ? Reading.PASSES : Reading.FAILS;
    }
    return of(rawPath).stream().allMatch(path -> isBelow(listed, path))
        ? Reading.OPEN
        : Reading.FAILS;
  }

  private static boolean isBelow(List<String> listed, String path) {
    return listed.stream().anyMatch(one -> path.equals(one) || path.startsWith(one + "/"));
  }

  /** The readings of a path. */
  static Set<String> of(String rawPath) {
    Set<String> readings = new LinkedHashSet<>();
    String text = rawPath;
    for (int decoded = 0; decoded < 5; decoded++) {
      addReadings(text, readings);
      text = decoded(text);
    }
    return readings;
  }

  private static void addReadings(String text, Set<String> readings) {
    for (String slashes : List.of(text, text.replace('\\', '/'))) {
      for (String host : hosts(slashes)) {
        for (String bare : List.of(host, withoutParameters(host))) {
          readings.add(resolved(bare, true));
          readings.add(resolved(bare, false));
        }
      }
    }
  }

  /** The path, and what follows a host if it can be taken to begin with one. */
  private static List<String> hosts(String path) {
    if (!path.startsWith("//")) {
      return List.of(path);
    }
    int end = path.indexOf('/', 2);
    return List.of(path, end < 0 ? "/" : path.substring(end));
  }

  private static String withoutParameters(String path) {
    return path.replaceAll(";[^/]*", "");
  }

  private static String resolved(String path, boolean merges) {
    List<String> elements = new ArrayList<>();
    List<String> parts = Arrays.asList(path.split("/", -1));
    for (int i = 1; i < parts.size(); i++) {
      String part = parts.get(i);
      boolean last = i == parts.size() - 1;
      if (part.equals("..")) {
        if (!elements.isEmpty()) {
          elements.remove(elements.size() - 1);
        }
      } else if (!part.equals(".") && (!part.isEmpty() || !merges || last)) {
        elements.add(part);
      }
    }
    return "/" + String.join("/", elements);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
