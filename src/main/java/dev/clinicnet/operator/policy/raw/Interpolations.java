package dev.clinicnet.operator.policy.raw;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The <code>${…}</code> in a string of a config. */
final class Interpolations {

  /** The text that opens an interpolation. */
  static final String OPEN = "${";

  /**
   * One interpolation.
   *
   * @param start the offset at which its expression begins
   * @param end the offset of the brace that closes it; -1 when it is not closed
   */
  record Part(int start, int end) {}

  private Interpolations() {}

  static boolean in(String text) {
    return text.contains(OPEN);
  }

  /** The interpolations of a text, in order. The last one may be open. */
  static List<Part> parts(String text) {
    List<Part> parts = new ArrayList<>();
    int open = text.indexOf(OPEN);
    while (open >= 0) {
      int start = open + OPEN.length();
      int end = closing(text, start);
      parts.add(new Part(start, end));
      open = end < 0 ? -1 : text.indexOf(OPEN, end);
    }
    return parts;
  }

  /** The text with every interpolation left out. */
  static String without(String text) {
    StringBuilder rest = new StringBuilder();
    int from = 0;
    for (Part part : parts(text)) {
      rest.append(text, from, part.start() - OPEN.length());
      from = part.end() < 0 ? text.length() : part.end() + 1;
    }
    return rest.append(text, from, text.length()).toString();
  }

  /**
   * Checks each interpolation, and that no other part of the text could be read as one that reads a
   * secret.
   *
   * @return whether there is no error
   */
  static boolean check(String text, Place place) {
    if (!in(text)) {
      return true;
    }
    List<CelExpression> expressions = new ArrayList<>();
    int errors = place.errors().size();
    for (Part part : parts(text)) {
      if (part.end() < 0) {
        place.error(
            new CelProblem(1, 1, "${ is not closed: write } after the expression")
                .within(text, part.start() - OPEN.length())
                .toString());
        return false;
      }
      CelExpression cel = CelExpression.parse(text.substring(part.start(), part.end()));
      place.checkCel(cel, text, part.start(), Set.of());
      if (cel.fault() == null) {
        expressions.add(cel);
      }
    }
    if (place.errors().size() == errors && place.secrets().mentionsOthers(text, expressions)) {
      place.error(
          "the word secrets stands beside ${…}, where it could be taken for a call: use another"
              + " word");
    }
    return place.errors().size() == errors;
  }

  /** The offset of the closing brace. Braces in quotes do not count, nested braces do. */
  private static int closing(String text, int from) {
    int nested = 0;
    int at = from;
    while (at < text.length()) {
      switch (text.charAt(at)) {
        case '\'', '"' -> {
          at = endOfQuote(text, at);
          if (at < 0) {
            return -1;
          }
        }
        case '{' -> nested++;
        case '}' -> {
          if (nested == 0) {
            return at;
          }
          nested--;
        }
        default -> {
          // Part of the expression.
        }
      }
      at++;
    }
    return -1;
  }

  private static int endOfQuote(String text, int open) {
    for (int at = open + 1; at < text.length(); at++) {
      if (text.charAt(at) == '\\') {
        at++;
      } else if (text.charAt(at) == text.charAt(open)) {
        return at;
      }
    }
    return -1;
  }
}
