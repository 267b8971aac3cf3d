package dev.clinicnet.operator.certificate;

import java.time.Instant;
import java.util.Optional;

/**
 * A text that is not the certificate or key that is needed. The message completes "the value …", as
 * in "is not PEM: …", says what to do, and never holds the value.
 */
public final class CertificateProblem extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final Instant mendsAt;

  CertificateProblem(String message) {
    this(message, null);
  }

  CertificateProblem(String message, Instant mendsAt) {
    super(message);
    this.mendsAt = mendsAt;
  }

  /** When it passes by itself; empty when somebody has to mend it. */
  public Optional<Instant> mendsAt() {
    return Optional.ofNullable(mendsAt);
  }
}
