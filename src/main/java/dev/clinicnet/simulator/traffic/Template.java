package dev.clinicnet.simulator.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text in which <code>${...}</code> holds CEL (documented: CEL interpolation).
 *
 * @param parts in order
 */
public record Template(List<Part> parts) {

  /**
   * A part of the text.
   *
   * @param expression whether the text is CEL
   */
  public record Part(String text, boolean expression) {}

  /** Whether the text is one expression and nothing else. */
  public boolean isExpression() {
    return parts.size() == 1 && parts.get(0).expression();
  }

  /** The first position of a character outside of expressions; negative if there is none. */
  int literalIndexOf(char wanted) {
    int offset = 0;
    for (Part part : parts) {
      int index = part.expression() ? -1 : part.text().indexOf(wanted);
      if (index >= 0) {
        return offset + index;
      }
      offset += part.text().length() + (part.expression() ? "${}".length() : 0);
    }
    return -1;
  }

  /**
   * Splits a text.
   *
   * @param place the place, for messages
   * @throws EvaluationFailed if a template is not closed
   */
  static Template parse(String text, String place) {
    return read(text).orElseThrow(() -> new EvaluationFailed(place, "a template is not closed"));
  }

  /** Splits a text; empty if a template is not closed. */
  public static Optional<Template> read(String text) {
    List<Part> parts = new ArrayList<>();
    int from = 0;
    int start = text.indexOf("${");
    while (start >= 0) {
      int end = end(text, start + 2);
      if (end < 0) {
        return Optional.empty();
      }
      if (start > from) {
        parts.add(new Part(text.substring(from, start), false));
      }
      parts.add(new Part(text.substring(start + 2, end), true));
      from = end + 1;
      start = text.indexOf("${", from);
    }
    if (from < text.length()) {
      parts.add(new Part(text.substring(from), false));
    }
    return Optional.of(new Template(List.copyOf(parts)));
  }

  /** The brace that closes a template; braces in quotes and nested ones do not count. */
  private static int end(String text, int from) {
    int depth = 0;
    char quote = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '{') {
        depth++;
      } else if (c == '}') {
        if (depth == 0) {
          return i;
        }
        depth--;
      }
    }
    return -1;
  }
}
