package dev.clinicnet.operator.policy.raw;

/**
 * One thing that is wrong, or odd, in raw rules.
 *
 * @param path where, as in {@code on_http_request[0].actions[1].config.status_code}; empty for the
 *     whole
 * @param message what, and what to do about it; never quotes a field that holds a secret
 */
public record Finding(String path, String message) {

  /** Both, for a line of text. */
  @Override
  public String toString() {
    return path.isEmpty() ? message : path + ": " + message;
  }
}
