package dev.clinicnet.simulator.agentapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;

/**
 * The body of {@code /api/endpoints}: an endpoint as in a file of version 3, with additional
 * members of the API. Its policy is a text here.
 */
final class EndpointForm {
  private EndpointForm() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if one of the members that only the API has is malformed
   */
  static WantedEndpoint read(ObjectNode body) {
    ObjectNode definition = body.deepCopy();
    withoutNulls(definition);
    definition.remove("uri");
    boolean inspect = flag(definition.remove("inspect"));
    JsonNode policy = definition.remove("traffic_policy");
    if (policy != null && !policy.isTextual()) {
      throw new IllegalArgumentException("'traffic_policy' must be a string, not a map");
    }
    return new WantedEndpoint(definition, policy == null ? "" : policy.textValue(), inspect);
  }

  static boolean flag(JsonNode inspect) {
    if (inspect != null && !inspect.isBoolean()) {
      throw new IllegalArgumentException("'inspect' must be true or false");
    }
    return inspect == null || inspect.booleanValue();
  }

  private static void withoutNulls(ObjectNode body) {
    for (Iterator<JsonNode> members = body.elements(); members.hasNext(); ) {
      if (members.next().isNull()) {
        members.remove();
      }
    }
  }
}
