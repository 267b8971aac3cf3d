package dev.clinicnet.operator.ngrok;

import java.util.List;
import okhttp3.HttpUrl;

/**
 * One request before it is sent.
 *
 * @param resource the first element of the path
 * @param verb the operation, for messages
 * @param body JSON; null where the method has none
 * @param absentIsDone whether it has succeeded when its object does not exist
 * @param secrets what the body contains that no message may show
 */
record Outgoing(
    String method,
    String resource,
    String verb,
    HttpUrl url,
    String body,
    boolean absentIsDone,
    List<String> secrets) {
  static Outgoing list(String resource, HttpUrl url) {
    return new Outgoing("GET", resource, "list", url, null, false, List.of());
  }

  static Outgoing get(String resource, HttpUrl url) {
    return new Outgoing("GET", resource, "read", url, null, false, List.of());
  }

  static Outgoing create(String resource, HttpUrl url, String body, List<String> secrets) {
    return new Outgoing("POST", resource, "create in", url, body, false, secrets);
  }

  static Outgoing update(String resource, HttpUrl url, String body, List<String> secrets) {
    return new Outgoing("PATCH", resource, "change in", url, body, false, secrets);
  }

  static Outgoing delete(String resource, HttpUrl url) {
    return new Outgoing("DELETE", resource, "delete from", url, null, true, List.of());
  }

  static Outgoing operation(String resource, String operation, HttpUrl url) {
    return new Outgoing("POST", resource, operation + " one of", url, "{}", true, List.of());
  }

  /** Whether the request changes something, so that only the leader may send it. */
  boolean writes() {
    return !method.equals("GET");
  }

  /** Whether a repetition has no further effect. */
  boolean repeatable() {
    return body == null;
  }

  /** Bodies and secrets are left out, so that they reach no log. */
  @Override
  public String toString() {
    return method + " /" + resource;
  }
}
