package dev.clinicnet.simulator.agentapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An answer of the API of an agent.
 *
 * @param body null for an empty one
 */
public record AgentAnswer(int status, ObjectNode body) {
  /** The number for a wrong definition (observed). */
  static final int INVALID = 102;

  /** The number for a refusal of the platform (observed). */
  public static final int FAILED = 103;

  /** The number for everything else. The real one is not known. */
  public static final int OTHER = 100;

  static AgentAnswer ok(ObjectNode body) {
    return new AgentAnswer(200, body);
  }

  static AgentAnswer created(ObjectNode body) {
    return new AgentAnswer(201, body);
  }

  static AgentAnswer noContent() {
    return new AgentAnswer(204, null);
  }

  static AgentAnswer malformed(String err) {
    return error(400, INVALID, "invalid tunnel configuration", err);
  }

  static AgentAnswer notFound(String err) {
    return error(404, OTHER, "resource not found", err);
  }

  static AgentAnswer unmodelled(String what) {
    return error(501, OTHER, "not modelled", "the simulator does not model " + what);
  }

  /** A refusal of the platform. Its code follows its text. */
  static AgentAnswer refused(EndpointRefused refusal) {
    return failed(502, "failed to start tunnel", refusal.getMessage(), refusal.code());
  }

  /**
   * The answer for an endpoint that did not start.
   *
   * @param code the platform's code; null without one
   */
  public static AgentAnswer failed(int status, String msg, String err, String code) {
    return error(status, FAILED, msg, code == null ? err : err + "\r\n\r\n" + code + "\r\n");
  }

  /** The error body. Its code is a number, unlike that of the platform. */
  public static AgentAnswer error(int status, int code, String msg, String err) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("error_code", code).put("status_code", status).put("msg", msg);
    body.putObject("details").put("err", err);
    return new AgentAnswer(status, body);
  }
}
