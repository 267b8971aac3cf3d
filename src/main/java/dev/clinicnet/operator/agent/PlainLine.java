package dev.clinicnet.operator.agent;

/** Text of unknown origin as part of one line for people: a comment or a sentence. */
final class PlainLine {

  private static final int LENGTH = 120;

  private PlainLine() {}

  /**
   * The text without characters that end a line in any reader, move a cursor, reverse the direction
   * of writing, or have no glyph.
   */
  static String of(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .map(codePoint -> isVisible(codePoint) ? codePoint : ' ')
        .forEach(line::appendCodePoint);
    String plain = line.toString().strip().replaceAll(" +", " ");
    return plain.codePointCount(0, plain.length()) <= LENGTH
        ? plain
        : plain.substring(0, plain.offsetByCodePoints(0, LENGTH)) + "…";
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
