package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/**
 * An answer before it is written.
 *
 * @param body null for an empty one
 * @param operationId null if the platform gives none
 */
record ApiResponse(int status, JsonNode body, String operationId) {

  static ApiResponse created(JsonNode body) {
    return new ApiResponse(201, body, null);
  }

  static ApiResponse ok(JsonNode body) {
    return new ApiResponse(200, body, null);
  }

  static ApiResponse noContent() {
    return new ApiResponse(204, null, null);
  }

  /** The documented error body; {@code error_code} is absent if there is none. */
  static ApiResponse error(int status, String errorCode, String msg, String operationId) {
    var body = Json.object();
    if (errorCode != null) {
      body.put("error_code", errorCode);
    }
    body.put("status_code", status).put("msg", msg);
    body.putObject("details").put("operation_id", operationId);
    return new ApiResponse(status, body, operationId);
  }

  /** An unknown path or method (observed): no code, no operation id, the path in the details. */
  static ApiResponse unrouted(String path) {
    var body = Json.object().put("status_code", 404).put("msg", "Not Found");
    body.putObject("details").put("path", path);
    return new ApiResponse(404, body, null);
  }

  byte[] bytes() {
    return body == null ? "".getBytes(StandardCharsets.UTF_8) : Json.bytes(body);
  }
}
