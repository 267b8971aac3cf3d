package dev.clinicnet.operator.run;

/** Why the operator does not run. Its message is one line that names the cause and the remedy. */
public final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitReason reason;

  StartFailure(ExitReason reason, String message) {
    super(message.replaceAll("\\s*\\R\\s*", " "));
    this.reason = reason;
  }

  ExitReason reason() {
    return reason;
  }
}
