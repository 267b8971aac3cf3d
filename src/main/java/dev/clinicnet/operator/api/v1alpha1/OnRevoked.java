package dev.clinicnet.operator.api.v1alpha1;

/** What happens to what is open when its grant goes away. */
public enum OnRevoked {
  /** It stays as it is. */
  Retain,
  /** Its public endpoints are taken down. */
  Close
}
