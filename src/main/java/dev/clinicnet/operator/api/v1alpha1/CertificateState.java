package dev.clinicnet.operator.api.v1alpha1;

/** The state of the certificate of a reserved domain. */
public enum CertificateState {
  /** TLS is served with a certificate for the name. */
  Ready,
  /** The certificate is being issued. */
  Pending,
  /** The DNS records are missing or wrong. */
  WaitingForDNS,
  /** The certificate could not be issued. The platform tries again by itself. */
  Failed
}
