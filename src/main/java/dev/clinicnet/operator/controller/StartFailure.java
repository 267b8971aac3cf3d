package dev.clinicnet.operator.controller;

/** Why the operator does not run. Its message is one line that names the cause and the remedy. */
public final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitReason reason;

  /** A failure with the exit code of its reason, and a message for the user. */
  public StartFailure(ExitReason reason, String message) {
    super(message.replaceAll("\\s*\\R\\s*", " "));
    this.reason = reason;
  }

  /** Why the process ends, which decides its exit code. */
  public ExitReason reason() {
    return reason;
  }
}
