package dev.clinicnet.simulator.traffic;

/** A token is missing or not valid. The message never holds any of it. */
final class TokenRefused extends Exception {
  private static final long serialVersionUID = 1L;

  TokenRefused(String reason) {
    super(reason);
  }
}
