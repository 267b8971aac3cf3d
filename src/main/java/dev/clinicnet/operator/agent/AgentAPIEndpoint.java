package dev.clinicnet.operator.agent;

import dev.clinicnet.operator.policy.PolicyBuilder;
import java.util.List;

/**
 * The agent's own API as an internal endpoint. That API asks nobody for a password, so the endpoint
 * admits only what sessions need. Above all not {@code /api/requests}: captured patient requests.
 */
final class AgentAPIEndpoint {

  /** Also the first label of its URL; no other endpoint of the clinic can have it. */
  static final String NAME = "agent-api";

  /** Where the agent listens. Loopback: on another address anyone in the network could use it. */
  static final String ADDRESS = "localhost:4040";

  private static final List<String> PATHS =
      List.of("/api/status", "/api/endpoints", "/api/tunnels");

  private AgentAPIEndpoint() {}

  static AgentEndpoint under(String internalDomain) {
    return new AgentEndpoint(
        NAME,
        "https://" + NAME + "." + internalDomain,
        "http://" + ADDRESS,
        null,
        PolicyBuilder.agentPaths(PATHS));
  }
}
