package dev.clinicnet.operator.fleetpage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Writes HTML. It is the only place that makes markup: every text and every attribute is escaped,
 * and there is no way around it. So nothing that a manifest says can become markup.
 */
final class Html {
  private static final Set<String> WITHOUT_END = Set.of("meta", "link", "input", "br");
  private static final Set<String> ADDRESSES = Set.of("href", "src", "action");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");

  /** Names are constants of the code, so they are few, and each is checked once. */
  private static final Set<String> KNOWN_NAMES = ConcurrentHashMap.newKeySet();

  /** A path of this server, or an https URL. Everything else could be a script. */
  private static final Pattern SAFE_ADDRESS = Pattern.compile("/(?![/\\\\]).*|/|#.*|https://.+");

  private static final char REPLACEMENT = '\uFFFD';

  private final StringBuilder out = new StringBuilder(1 << 14);
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Begins an element.
   *
   * @param attributes names and values by turns; one with the value null is left out
   * @throws IllegalArgumentException when a name is not one, or an address is not safe
   */
  Html open(String element, String... attributes) {
    tag(element, attributes);
    open.push(element);
    return this;
  }

  /** Ends the element that was begun last. */
  Html close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** An element that has no content, such as {@code input}. */
  Html single(String element, String... attributes) {
    tag(element, attributes);
    if (!WITHOUT_END.contains(element)) {
      out.append("</").append(element).append('>');
    }
    return this;
  }

  /** An element whose content is a text; null is an empty one. */
  Html leaf(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close();
  }

  /** A text; null is an empty one. */
  Html text(String text) {
    if (text != null) {
      escape(text);
    }
    return this;
  }

  /** Begins a new line of the source, for people who read it. */
  Html line() {
    out.append('\n');
    return this;
  }

  /** The whole document. Every element has ended. */
  String document() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("not closed: " + open);
    }
    return "<!doctype html>\n" + out;
  }

  private void tag(String element, String... attributes) {
    out.append('<').append(name(element));
    for (int i = 0; i < attributes.length; i += 2) {
      String value = attributes[i + 1];
      if (value == null) {
        continue;
      }
      if (ADDRESSES.contains(attributes[i]) && !isSafeAddress(value)) {
        throw new IllegalArgumentException("not an address for a page: " + value);
      }
      out.append(' ').append(name(attributes[i])).append("=\"");
      escape(value);
      out.append('"');
    }
    out.append('>');
  }

  /** Whether a text may be the address of a link. */
  static boolean isSafeAddress(String text) {
    return SAFE_ADDRESS.matcher(text).matches();
  }

  private static String name(String text) {
    if (KNOWN_NAMES.contains(text)) {
      return text;
    }
    if (!NAME.matcher(text).matches() || text.regionMatches(true, 0, "on", 0, 2)) {
      throw new IllegalArgumentException("not a name of an element or attribute: " + text);
    }
    KNOWN_NAMES.add(text);
    return text;
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(isHarmless(c) ? c : REPLACEMENT);
      }
    }
  }

  /** Control characters, and those that turn the direction of a text, could hide something. */
  private static boolean isHarmless(char c) {
    boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
    boolean turns =
        (c >= '\u202A' && c <= '\u202E')
            || (c >= '\u2066' && c <= '\u2069')
            || c == '\u200E'
            || c == '\u200F'
            || c == '\u061C';
    return !control && !turns;
  }
}
