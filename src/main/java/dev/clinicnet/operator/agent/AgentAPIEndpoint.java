package dev.clinicnet.operator.agent;

import dev.clinicnet.operator.policy.PolicyBuilder;
import java.util.List;

/**
 * The agent's own API as an internal endpoint. That API asks nobody for a password, and any policy
 * of the account can forward to an internal endpoint: so this one asks for a password itself, and
 * admits only what sessions need. Above all not {@code /api/requests}: captured patient requests.
 */
public final class AgentAPIEndpoint {

  /** Also the first label of its URL; no other endpoint of the clinic can have it. */
  static final String NAME = "agent-api";

  /** Where the agent listens. Loopback: on another address anyone in the network could use it. */
  static final String ADDRESS = "localhost:4040";

  /** What sessions need of it. */
  public static final List<String> PATHS = List.of("/api/status", "/api/endpoints", "/api/tunnels");

  private AgentAPIEndpoint() {}

  /** The URL that only the account itself can forward to. */
  public static String url(String internalDomain) {
    return "https://" + NAME + "." + internalDomain;
  }

  static AgentEndpoint under(String internalDomain, AgentPassword password) {
    return new AgentEndpoint(
        NAME,
        url(internalDomain),
        "http://" + ADDRESS,
        null,
        PolicyBuilder.agentPaths(PATHS),
        null,
        password);
  }
}
