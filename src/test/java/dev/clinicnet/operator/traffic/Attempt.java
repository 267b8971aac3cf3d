package dev.clinicnet.operator.traffic;

/**
 * One attempt of a client.
 *
 * @param from the address from which it connects
 * @param method empty for a connection without a request
 * @param target path and query as they are sent
 * @param at seconds after the start of the scenario
 */
record Attempt(
    String from, Shown certificate, Credential credential, String method, String target, long at) {

  /** The path as it is sent. */
  String rawPath() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  @Override
  public String toString() {
    return "%s %s from %s with certificate %s as %s at %ds"
        .formatted(method, target, from, certificate, credential, at);
  }
}
