package dev.clinicnet.operator.api.v1alpha1;

/** How far the certificate of a reserved domain has come. */
public enum CertificateState {
  /** TLS is served with a certificate for the name. */
  Ready,
  /** Being issued. */
  Pending,
  /** The DNS records are missing or wrong. */
  WaitingForDNS,
  /** The platform could not have it issued, and tries again by itself. */
  Failed
}
