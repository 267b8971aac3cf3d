package dev.clinicnet.operator.policy.raw;

/**
 * A problem with an expression.
 *
 * @param line from 1
 * @param column from 1
 * @param reason what is wrong; it may quote the expression
 */
record CelProblem(int line, int column, String reason) {

  /** The same problem, for an expression that begins at this offset of a longer text. */
  CelProblem within(String text, int offset) {
    String before = text.substring(0, offset);
    int lines = (int) before.chars().filter(c -> c == '\n').count();
    int start = before.codePointCount(before.lastIndexOf('\n') + 1, offset);
    return new CelProblem(line + lines, line == 1 ? column + start : column, reason);
  }

  String place() {
    return line == 1 ? "column " + column : "line " + line + ", column " + column;
  }

  @Override
  public String toString() {
    return place() + ": " + reason;
  }
}
