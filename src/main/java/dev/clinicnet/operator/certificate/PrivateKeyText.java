package dev.clinicnet.operator.certificate;

import java.util.Objects;

/** A private key in PEM form. It prints as stars; only {@link #reveal} returns its text. */
public final class PrivateKeyText {
  private final String pem;

  /** Wraps PEM text, never null. */
  public PrivateKeyText(String pem) {
    this.pem = Objects.requireNonNull(pem, "pem");
  }

  /** The key itself, for the site kit and nothing else. */
  public String reveal() {
    return pem;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PrivateKeyText key && pem.equals(key.pem);
  }

  @Override
  public int hashCode() {
    return pem.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
