package dev.clinicnet.operator.api.v1alpha1;

/** The generation from which a status was computed, as the API server returns it. */
final class ObservedGeneration {
  private ObservedGeneration() {}

  /** The generation; null before the first pass, which the default of the schema shows. */
  static Long orNull(Long observed) {
    return observed == null || observed < 0 ? null : observed;
  }
}
