package dev.clinicnet.operator.agentapi;

/**
 * An endpoint that an agent lists as bound.
 *
 * @param upstream the upstream, as the agent writes it
 * @param protocol the protocol to the upstream; null if the agent does not list it
 */
public record RunningEndpoint(String name, String url, String upstream, String protocol) {}
