package dev.clinicnet.simulator.traffic;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The path that expressions compare ({@code req.url.path}; the original is in {@code raw_path}). It
 * is not documented what the platform normalises. These are the rules of RFC 3986, 6.2.2.
 */
final class NormalPath {
  private static final Pattern ESCAPE = Pattern.compile("%([0-9a-fA-F]{2})");
  private static final Pattern UNRESERVED = Pattern.compile("[A-Za-z0-9._~-]");

  private NormalPath() {}

  /** The path without needless escapes and without {@code .} and {@code ..} segments. */
  static String of(String path) {
    return withoutDots(ESCAPE.matcher(path).replaceAll(match -> unescape(match.group(1))));
  }

  private static String unescape(String hex) {
    String text = String.valueOf((char) Integer.parseInt(hex, 16));
    return UNRESERVED.matcher(text).matches() ? text : "%" + hex.toUpperCase(Locale.ROOT);
  }

  private static String withoutDots(String path) {
    Deque<String> kept = new ArrayDeque<>();
    String[] segments = path.split("/", -1);
    for (int i = 1; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      if (segments[i].equals("..")) {
        kept.pollLast();
      }
      boolean dots = segments[i].equals(".") || segments[i].equals("..");
      if (!dots) {
        kept.addLast(segments[i]);
      } else if (last) {
        kept.addLast("");
      }
    }
    return "/" + String.join("/", kept);
  }
}
