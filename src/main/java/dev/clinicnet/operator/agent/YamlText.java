package dev.clinicnet.operator.agent;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes a tree of maps, lists and scalars as YAML. Every string is quoted and every character
 * outside printable ASCII escaped, so that no value can end its line, start a comment or be taken
 * for another type, whichever YAML reader and version the agent uses.
 */
final class YamlText {

  private static final Pattern PLAIN = Pattern.compile("[a-z][a-z0-9_]*");

  private final StringBuilder text = new StringBuilder();

  /**
   * Writes one comment line for each line of {@code words}, which must come from this code or from
   * {@link PlainLine}.
   */
  YamlText comment(int indent, String words) {
    words
        .lines()
        .forEach(line -> indent(indent).append(("# " + line).stripTrailing()).append('\n'));
    return this;
  }

  YamlText blank() {
    text.append('\n');
    return this;
  }

  /** A line with a key only. Its value follows. */
  YamlText open(int indent, String key) {
    indent(indent).append(key).append(":\n");
    return this;
  }

  YamlText entry(int indent, String key, Object value) {
    indent(indent);
    return keyed(indent, key, value);
  }

  /** A map as an item of a list: its first key is on the line of the dash. */
  YamlText item(int indent, Object value) {
    indent(indent).append("- ");
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      boolean first = true;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (!first) {
          indent(indent + 2);
        }
        keyed(indent + 2, (String) entry.getKey(), entry.getValue());
        first = false;
      }
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      throw new IllegalArgumentException("a list directly in a list");
    } else {
      scalar(value);
    }
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private YamlText keyed(int indent, String key, Object value) {
    text.append(PLAIN.matcher(key).matches() ? key : quoted(key)).append(':');
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      text.append('\n');
      map.forEach((k, v) -> entry(indent + 2, (String) k, v));
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      text.append('\n');
      list.forEach(item -> item(indent + 2, item));
    } else {
      text.append(' ');
      scalar(value);
    }
    return this;
  }

  private void scalar(Object value) {
    if (value instanceof String string) {
      text.append(quoted(string));
    } else if (value instanceof Map<?, ?>) {
      text.append("{}");
    } else if (value instanceof List<?>) {
      text.append("[]");
    } else {
      text.append(value);
    }
    text.append('\n');
  }

  private StringBuilder indent(int spaces) {
    return text.append(" ".repeat(spaces));
  }

  private static String quoted(String value) {
    StringBuilder quoted = new StringBuilder(value.length() + 2).append('"');
    int codePoint;
    for (int i = 0; i < value.length(); i += Character.charCount(codePoint)) {
      codePoint = value.codePointAt(i);
      if (codePoint == '"' || codePoint == '\\') {
        quoted.append('\\').appendCodePoint(codePoint);
      } else if (codePoint >= ' ' && codePoint <= '~') {
        quoted.append((char) codePoint);
      } else if (Character.isBmpCodePoint(codePoint)) {
        quoted.append("\\u%04x".formatted(codePoint));
      } else {
        quoted.append("\\U%08x".formatted(codePoint));
      }
    }
    return quoted.append('"').toString();
  }
}
