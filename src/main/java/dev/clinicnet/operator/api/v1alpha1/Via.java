package dev.clinicnet.operator.api.v1alpha1;

/** What a session opens in addition to the public endpoint, which every session opens. */
public enum Via {
  /** Only the public endpoint. The agent always binds the internal endpoint. */
  CloudEndpoint,
  /** The internal endpoint too, through the agent's own API. */
  AgentAPI
}
