package dev.clinicnet.operator.simulation;

/** The operator's process ends here. Nothing in the operator may catch it. */
final class Crash extends Error {
  private static final long serialVersionUID = 1L;

  Crash(String where) {
    super("crash at " + where, null, false, false);
  }
}
