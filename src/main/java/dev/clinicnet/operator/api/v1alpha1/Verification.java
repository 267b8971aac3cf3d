package dev.clinicnet.operator.api.v1alpha1;

/** What is made of a client's certificate. */
public enum Verification {
  RequireAndVerify,
  RequireAny,
  Request
}
