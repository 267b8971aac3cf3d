package dev.clinicnet.operator.policy.raw;

/** A field of a config. */
record Field(String name, Need need, Shape shape) {

  /** What it means that the field is missing. */
  enum Need {
    /** The action means nothing without it. */
    REQUIRED,
    /** ngrok's reference asks for it, and public policies do without. */
    EXPECTED,
    /** Nothing. */
    OPTIONAL
  }

  static Field required(String name, Shape shape) {
    return new Field(name, Need.REQUIRED, shape);
  }

  static Field expected(String name, Shape shape) {
    return new Field(name, Need.EXPECTED, shape);
  }

  static Field optional(String name, Shape shape) {
    return new Field(name, Need.OPTIONAL, shape);
  }
}
