package dev.clinicnet.operator.api.v1alpha1;

/** What happens to open endpoints when their grant ends. */
public enum OnRevoked {
  /** The endpoints stay as they are. */
  Retain,
  /** The public endpoints are taken down. */
  Close
}
