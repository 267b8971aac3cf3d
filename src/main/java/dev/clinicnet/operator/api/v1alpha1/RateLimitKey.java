package dev.clinicnet.operator.api.v1alpha1;

/** Which requests a rate limit counts together. */
public enum RateLimitKey {
  ClientIP,
  Endpoint
}
