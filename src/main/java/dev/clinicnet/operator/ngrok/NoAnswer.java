package dev.clinicnet.operator.ngrok;

/** A request that brought no answer. Its message is a short phrase, fit for a user. */
final class NoAnswer extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean maybeSent;

  /**
   * @param maybeSent whether any part of the request may have reached the platform
   */
  NoAnswer(String message, boolean maybeSent, Throwable cause) {
    super(message, cause);
    this.maybeSent = maybeSent;
  }

  boolean maybeSent() {
    return maybeSent;
  }
}
