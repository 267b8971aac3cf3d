package dev.clinicnet.operator.api.v1alpha1;

/** Whether the internal endpoint of a service refuses what did not pass the public endpoint. */
public enum InternalLock {
  /** The site's agent demands a proof, which only the public endpoint or a client can give. */
  Enabled,
  /** Everything that reaches the internal endpoint reaches the upstream. */
  Disabled
}
