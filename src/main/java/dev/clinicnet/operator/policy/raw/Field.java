package dev.clinicnet.operator.policy.raw;

/** A field of a config. */
record Field(String name, boolean required, Shape shape) {

  static Field required(String name, Shape shape) {
    return new Field(name, true, shape);
  }

  static Field optional(String name, Shape shape) {
    return new Field(name, false, shape);
  }
}
