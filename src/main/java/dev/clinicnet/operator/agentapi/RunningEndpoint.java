package dev.clinicnet.operator.agentapi;

/**
 * An endpoint that an agent says it binds.
 *
 * @param upstream where it leads, as the agent writes it
 * @param protocol what it speaks there, where the agent tells; null where it does not
 */
public record RunningEndpoint(String name, String url, String upstream, String protocol) {}
