package dev.clinicnet.operator.api.v1alpha1;

/** When the public endpoint exists. */
public enum Availability {
  Always,
  /** Only while a session is open. */
  OnDemand
}
