package dev.clinicnet.operator.certificate;

/**
 * A text that is not the certificate or key that is needed. The message completes "the value …", as
 * in "is not PEM: …", says what to do, and never holds the value.
 */
public final class CertificateProblem extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  CertificateProblem(String message) {
    super(message);
  }
}
