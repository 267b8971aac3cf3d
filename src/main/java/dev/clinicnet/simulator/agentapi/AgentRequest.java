package dev.clinicnet.simulator.agentapi;

import java.util.List;

/**
 * A request to the API of an agent.
 *
 * @param path without escapes and dot segments
 * @param hosts the Host headers
 * @param contentType empty without one
 * @param tooLarge whether the body was longer than the part that was read
 */
public record AgentRequest(
    String method,
    AgentPath path,
    List<String> hosts,
    String contentType,
    String body,
    boolean tooLarge) {}
