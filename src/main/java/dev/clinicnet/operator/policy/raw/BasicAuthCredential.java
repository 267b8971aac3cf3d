package dev.clinicnet.operator.policy.raw;

import java.util.Map;
import java.util.Set;

/**
 * {@code user:password}, either of which may have <code>${…}</code> in it, but not across the
 * colon; or one <code>${…}</code> for the whole (documented).
 */
final class BasicAuthCredential implements Shape {

  private static final String USER = "username";
  private static final String PASSWORD = "password";
  private static final Shape WHOLE = Shapes.template().and(BasicAuthCredential::checkText);
  private static final int MIN_PASSWORD = 8;
  private static final int MAX_PASSWORD = 128;

  /** A map of the two is in public use too, and is sent as one text. */
  static Object text(Object value) {
    return isMap(value)
        ? ((Map<?, ?>) value).get(USER) + ":" + ((Map<?, ?>) value).get(PASSWORD)
        : value;
  }

  @Override
  public void check(Object value, Place place) {
    if (isMap(value)) {
      checkMap((Map<?, ?>) value, place);
    } else if (value instanceof Map) {
      place.error("is no credential: write user:password");
    } else {
      WHOLE.check(value, place);
    }
  }

  private static boolean isMap(Object value) {
    return value instanceof Map<?, ?> map && map.keySet().equals(Set.of(USER, PASSWORD));
  }

  private static void checkMap(Map<?, ?> map, Place place) {
    int errors = place.errors().size();
    map.forEach(
        (name, part) -> {
          Place there = place.field(name.toString());
          if (part == null) {
            there.error("is null: write a value");
          } else {
            Shapes.template().check(part, there);
          }
        });
    if (place.errors().size() > errors) {
      return;
    }
    if (Interpolations.without((String) map.get(USER)).contains(":")) {
      place.field(USER).error("has a colon, which ends the name: take it out");
      return;
    }
    WHOLE.check(text(map), place);
    if (place.errors().size() == errors) {
      place.warn("ngrok documents one text: it is sent as user:password");
    }
  }

  private static void checkText(Object value, Place place) {
    String text = (String) value;
    boolean evaluated = Interpolations.in(text);
    String plain = Interpolations.without(text);
    if (evaluated && plain.isEmpty() && Interpolations.parts(text).size() == 1) {
      return;
    }
    int colon = plain.indexOf(':');
    if (colon < 0 || text.startsWith(":")) {
      place.error("is no credential: write user:password");
      return;
    }
    int length = plain.length() - colon - 1;
    boolean shortened = evaluated && !text.endsWith(plain.substring(colon));
    if (length > MAX_PASSWORD || (length < MIN_PASSWORD && !shortened)) {
      place.error(
          "the password has %d characters: ngrok takes %d to %d"
              .formatted(length, MIN_PASSWORD, MAX_PASSWORD));
    }
  }
}
