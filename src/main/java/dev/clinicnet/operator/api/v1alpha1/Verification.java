package dev.clinicnet.operator.api.v1alpha1;

/** How a client's certificate is verified. */
public enum Verification {
  RequireAndVerify,
  RequireAny,
  Request
}
