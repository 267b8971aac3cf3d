package dev.clinicnet.operator.manifest;

/**
 * A problem with a manifest, and its position.
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

  /** An error of a whole file, or of a part that is not an object. */
  public static Problem ofFile(Position position, String message) {
    return new Problem(position, Severity.ERROR, "", "", "", "", message);
  }

  /** The same problem as an error. */
  public Problem asError() {
    return new Problem(position, Severity.ERROR, kind, namespace, name, field, message);
  }

  /** Whether it forbids the manifest. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }
}
