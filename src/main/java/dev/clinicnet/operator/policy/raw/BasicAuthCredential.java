package dev.clinicnet.operator.policy.raw;

/**
 * {@code user:password}, either of which may have <code>${…}</code> in it, but not across the
 * colon; or one <code>${…}</code> for the whole (documented).
 */
final class BasicAuthCredential implements Shape {

  private static final int MIN_PASSWORD = 8;
  private static final int MAX_PASSWORD = 128;

  @Override
  public void check(Object value, Place place) {
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
