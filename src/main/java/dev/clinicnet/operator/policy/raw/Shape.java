package dev.clinicnet.operator.policy.raw;

/** What a value of a config has to look like. */
@FunctionalInterface
interface Shape {

  /** The value is not null: a null is refused before. */
  void check(Object value, Place place);

  /** This, and then the other. */
  default Shape and(Shape other) {
    return (value, place) -> {
      int errors = place.errors().size();
      check(value, place);
      if (place.errors().size() == errors) {
        other.check(value, place);
      }
    };
  }

  /** The same, for a secret. */
  default Shape confidential() {
    return (value, place) -> check(value, place.inConfidence());
  }
}
