package dev.clinicnet.operator.policy.raw;

/**
 * One problem in raw rules.
 *
 * @param path the place, as in {@code on_http_request[0].actions[1].config.status_code}; empty for
 *     the whole
 * @param message what is wrong and what to do; it never quotes a field that holds a secret
 */
public record Finding(String path, String message) {

  /** The path and the message, for a line of text. */
  @Override
  public String toString() {
    return path.isEmpty() ? message : path + ": " + message;
  }
}
