package dev.clinicnet.simulator;

import java.util.List;

/**
 * Who makes a request.
 *
 * @param id of a user or service user
 * @param readOnly whether it has no write privileges, without which no key may use the API
 *     (documented)
 * @param key the id of its API key; null if it comes with an access token
 * @param scopes those of its access token; null if it comes with an API key, which has no scopes
 */
record Caller(String id, boolean readOnly, String key, List<String> scopes) {

  boolean isServiceUser() {
    return !id.startsWith("usr_");
  }

  /** Refuses a caller without write privileges. */
  void require() {
    if (readOnly) {
      throw SimulatorError.WRITE_PRIVILEGES.with();
    }
  }

  /** Refuses a caller who gives to others what it lacks itself. */
  void requireScopes(List<String> given) {
    if (scopes == null) {
      return;
    }
    for (String scope : given) {
      if (!scopes.contains(scope)) {
        throw SimulatorError.SCOPE_MISSING.with(scope);
      }
    }
  }
}
