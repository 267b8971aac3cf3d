package dev.clinicnet.operator.agent;

/** Lines that fit on every terminal and printer. */
final class Lines {
  /** The longest line. */
  static final int WIDTH = 79;

  private Lines() {}

  /** One line, cut if it is too long. */
  static String cut(String line) {
    return line.codePointCount(0, line.length()) <= WIDTH
        ? line
        : line.substring(0, line.offsetByCodePoints(0, WIDTH - 1)) + "…";
  }
}
