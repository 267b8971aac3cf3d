package dev.clinicnet.operator.controller;

/** A status that was computed from an older version of the object than the API server has. */
final class StaleStatus extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The next pass will see the newer version. */
  StaleStatus(Throwable cause) {
    super("the object has changed, and the cache does not show it yet", cause);
  }
}
