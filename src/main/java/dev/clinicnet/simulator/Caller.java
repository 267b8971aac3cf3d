package dev.clinicnet.simulator;

/**
 * Who makes a request.
 *
 * @param id of a user or service user
 * @param readOnly whether it has no write privileges, without which no key may use the API
 *     (documented)
 */
record Caller(String id, boolean readOnly) {

  boolean isServiceUser() {
    return !id.startsWith("usr_");
  }

  /** Refuses a caller without write privileges. */
  void require() {
    if (readOnly) {
      throw SimulatorError.WRITE_PRIVILEGES.with();
    }
  }
}
