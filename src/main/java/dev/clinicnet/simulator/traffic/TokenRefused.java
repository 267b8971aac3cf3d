package dev.clinicnet.simulator.traffic;

/** A token is missing or not valid. The message never has a part of the token. */
final class TokenRefused extends Exception {
  private static final long serialVersionUID = 1L;

  TokenRefused(String reason) {
    super(reason);
  }
}
