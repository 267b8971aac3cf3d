package dev.clinicnet.operator.ngrok;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The body of a refusal (documented).
 *
 * @param code opaque; null when the platform gave none, for example for an unknown id
 * @param msg the platform's own words, not redacted; empty when there are none
 * @param byResource whether the answer comes from a resource and not from the router: it names the
 *     operation and no path (observed)
 * @param unrouted whether the answer comes from the router: the platform does not have this path,
 *     or not with this method (observed: 404, never 405)
 * @param operation the id of the request in {@code details.operation_id} (documented); null when
 *     the platform gave none
 */
record ErrorBody(String code, String msg, boolean byResource, boolean unrouted, String operation) {
  private static final ErrorBody NONE = new ErrorBody(null, "", false, false, null);

  /**
   * Reads an answer. The result has no content when the answer is not the platform's JSON, but a
   * page of a proxy.
   */
  static ErrorBody parse(String body, ObjectMapper json) {
    try {
      JsonNode root = json.readTree(body);
      if (root == null || !root.isObject()) {
        return NONE;
      }
      String code = root.path("error_code").asText("");
      boolean path = root.path("details").hasNonNull("path");
      boolean operation = root.path("details").hasNonNull("operation_id");
      return new ErrorBody(
          code.isBlank() ? null : code,
          root.path("msg").asText(""),
          operation && !path,
          path,
          operation ? root.path("details").path("operation_id").asText() : null);
    } catch (JsonProcessingException e) {
      return NONE;
    }
  }

  /** The message is left out, because it can hold the credential that was submitted. */
  @Override
  public String toString() {
    return "ErrorBody[" + code + "]";
  }
}
