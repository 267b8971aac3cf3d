package dev.clinicnet.operator.manifest;

/** The types of causes, as the API server prints them. */
enum ViolationType {
  REQUIRED("Required value"),
  INVALID("Invalid value"),
  TYPE_INVALID("Invalid value"),
  NOT_SUPPORTED("Unsupported value"),
  TOO_LONG("Too long"),
  TOO_MANY("Too many"),
  DUPLICATE("Duplicate value"),
  FORBIDDEN("Forbidden"),
  /** The text could not be decoded strictly, so that nothing else is looked at. */
  UNDECODABLE("");

  private final String words;

  ViolationType(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** After one of these the API server does not run the rules. */
  boolean blocksRules() {
    return switch (this) {
      case REQUIRED, TYPE_INVALID, NOT_SUPPORTED, TOO_LONG, TOO_MANY -> true;
      default -> false;
    };
  }
}
