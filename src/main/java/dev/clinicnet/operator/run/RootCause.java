package dev.clinicnet.operator.run;

/** What lies at the bottom of a failure, in a few words. */
final class RootCause {
  private RootCause() {}

  static String of(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
