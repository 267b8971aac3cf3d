package dev.clinicnet.operator.manifest;

/**
 * A place in a file.
 *
 * @param line the first is 1
 * @param column the first is 1
 */
public record Position(String file, int line, int column) {

  /** The beginning of a file. */
  public static Position startOf(String file) {
    return new Position(file, 1, 1);
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
