package dev.clinicnet.simulator;

/**
 * Who makes a request.
 *
 * @param id of a user or service user
 * @param readOnly whether it may only read
 */
record Caller(String id, boolean readOnly) {

  boolean isServiceUser() {
    return !id.startsWith("usr_");
  }

  /** Refuses a change by a caller who may only read. */
  void require(String method) {
    if (readOnly && !method.equals("GET")) {
      throw SimulatorError.WRITE_PRIVILEGES.with();
    }
  }
}
