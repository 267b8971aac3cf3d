package dev.clinicnet.operator.certificate;

import java.time.Instant;
import java.util.Optional;

/**
 * A text that is not the needed certificate or key. The message completes "the value …", as in "is
 * not PEM: …". It says what to do, and never holds the value.
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

  /** The time at which the problem ends by itself; empty when somebody must correct it. */
  public Optional<Instant> mendsAt() {
    return Optional.ofNullable(mendsAt);
  }
}
