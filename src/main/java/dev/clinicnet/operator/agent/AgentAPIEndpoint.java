package dev.clinicnet.operator.agent;

import dev.clinicnet.operator.policy.PolicyBuilder;
import java.util.List;

/**
 * The agent's own API as an internal endpoint. That API asks for no password, and every policy of
 * the account can forward to an internal endpoint. So this endpoint asks for a password itself, and
 * admits only what sessions need. It never admits {@code /api/requests}, which returns captured
 * patient requests.
 */
public final class AgentAPIEndpoint {

  /**
   * The name of the endpoint, and the first label of its URL. No other endpoint of the clinic can
   * have it.
   */
  static final String NAME = "agent-api";

  /**
   * The address on which the agent listens. It is loopback, because on another address everybody in
   * the network could use it.
   */
  static final String ADDRESS = "localhost:4040";

  /** The path that sessions need. */
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
        password,
        List.of());
  }
}
