package dev.clinicnet.operator.api.v1alpha1;

/** The generation that a status was computed from, as the API server tells it. */
final class ObservedGeneration {
  private ObservedGeneration() {}

  /** Null where nobody has looked yet: the schema's default, which is no generation, says so. */
  static Long orNull(Long observed) {
    return observed == null || observed < 0 ? null : observed;
  }
}
