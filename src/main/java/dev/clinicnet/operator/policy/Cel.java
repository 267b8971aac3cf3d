package dev.clinicnet.operator.policy;

/** CEL string literals. */
public final class Cel {

  private Cel() {}

  /**
   * The one way by which a value of a manifest enters a CEL expression: a literal in single quotes
   * that is printable ASCII and evaluates to exactly {@code value}.
   *
   * @throws IllegalArgumentException for <code>${</code>, which would open an interpolation where
   *     ngrok evaluates strings, and for half a surrogate pair, which CEL cannot say
   */
  public static String quote(String value) {
    refuseInterpolation(value);
    StringBuilder literal = new StringBuilder("'");
    value.codePoints().forEach(codePoint -> append(literal, codePoint));
    return literal.append('\'').toString();
  }

  /** For values that go into a policy as they are, in strings that ngrok interpolates. */
  static void refuseInterpolation(String value) {
    if (value.contains("${")) {
      throw new IllegalArgumentException(
          "\"%s\" contains \"${\", which ngrok would evaluate: write the value out"
              .formatted(value));
    }
  }

  private static void append(StringBuilder literal, int codePoint) {
    if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
      throw new IllegalArgumentException(
          "a value contains half a surrogate pair (U+%04X), which is no character"
              .formatted(codePoint));
    }
    if (codePoint == '\\' || codePoint == '\'' || codePoint == '"') {
      literal.append('\\').appendCodePoint(codePoint);
    } else if (codePoint >= ' ' && codePoint <= '~') {
      literal.appendCodePoint(codePoint);
    } else if (Character.isBmpCodePoint(codePoint)) {
      literal.append("\\u%04x".formatted(codePoint));
    } else {
      literal.append("\\U%08x".formatted(codePoint));
    }
  }
}
