package dev.clinicnet.operator.manifest;

/** A text that is not a manifest. */
final class ManifestSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Position position;

  ManifestSyntaxException(Position position, String message) {
    super(message);
    this.position = position;
  }

  Position position() {
    return position;
  }
}
