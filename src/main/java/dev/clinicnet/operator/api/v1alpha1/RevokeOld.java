package dev.clinicnet.operator.api.v1alpha1;

/** When a replaced authtoken is revoked, once its overlap has passed. */
public enum RevokeOld {
  /** Not while a session uses the old one and none uses the new one. */
  WhenUnused,
  /** As soon as the overlap has passed, even if a session uses the old one. */
  AfterOverlap
}
