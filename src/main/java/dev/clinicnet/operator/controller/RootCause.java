package dev.clinicnet.operator.controller;

/** The innermost cause of a failure, in a few words. */
public final class RootCause {
  private RootCause() {}

  /** The message of the innermost cause, or the name of its class when it has none. */
  public static String of(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
