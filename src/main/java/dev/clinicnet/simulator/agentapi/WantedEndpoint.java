package dev.clinicnet.simulator.agentapi;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An endpoint that an agent must start.
 *
 * @param definition the endpoint as in the agent's file, but without its policy
 * @param trafficPolicy JSON or YAML, empty without one
 * @param inspect whether its requests may be shown
 */
public record WantedEndpoint(ObjectNode definition, String trafficPolicy, boolean inspect) {

  String name() {
    return definition.path("name").asText("");
  }
}
