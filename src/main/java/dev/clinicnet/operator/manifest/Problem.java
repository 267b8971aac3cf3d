package dev.clinicnet.operator.manifest;

/**
 * What is wrong with a manifest, and where.
 *
 * @param kind the object's kind; empty when it is unknown, as {@code namespace} and {@code name}
 * @param field the field as the API server prints it; empty for the whole file
 * @param message what is wrong, and what to do
 */
public record Problem(
    Position position,
    Severity severity,
    String kind,
    String namespace,
    String name,
    String field,
    String message) {

  /** An error of a file as a whole, or of a part of it that is no object. */
  public static Problem ofFile(Position position, String message) {
    return new Problem(position, Severity.ERROR, "", "", "", "", message);
  }

  /** The same as an error. */
  public Problem asError() {
    return new Problem(position, Severity.ERROR, kind, namespace, name, field, message);
  }

  /** Whether it forbids the manifest. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }
}
