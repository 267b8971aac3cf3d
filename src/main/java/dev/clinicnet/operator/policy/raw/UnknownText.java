package dev.clinicnet.operator.policy.raw;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Checks a value whose meaning is not known: it could be a URL, an expression, or anything else.
 * Such a value may not name an internal endpoint, build a name, or read a secret.
 */
final class UnknownText {

  private static final Pattern INTERNAL =
      Pattern.compile("\\.internal\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern SECRETS = Pattern.compile("\\bsecrets\\b");

  private UnknownText() {}

  static void check(Object value, Place place) {
    visit(value, place, UnknownText::text);
  }

  /** Visits every string in a tree, the keys of its maps too. */
  static void visit(Object value, Place place, BiConsumer<String, Place> visitor) {
    if (value instanceof String text) {
      visitor.accept(text, place);
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        visit(list.get(i), place.item(i), visitor);
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, below) -> {
            Place there = place.field(String.valueOf(key));
            visitor.accept(String.valueOf(key), there);
            visit(below, there, visitor);
          });
    }
  }

  private static void text(String text, Place place) {
    if (!Interpolations.check(text, place)) {
      return;
    }
    if (INTERNAL.matcher(text).find()) {
      place.error("an internal endpoint is only for the service's own forward: take it out");
    } else if (Interpolations.in(text)) {
      place.error(
          "${…} could build the URL of an internal endpoint, in a place whose meaning is not known:"
              + " write the value out");
    } else if (SECRETS.matcher(text).find()) {
      place.error(
          "the word secrets could be a call in a place that is not known: use another word");
    }
  }
}
