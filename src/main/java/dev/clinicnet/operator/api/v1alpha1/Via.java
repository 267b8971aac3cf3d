package dev.clinicnet.operator.api.v1alpha1;

/** What a session opens, beside the public endpoint that every session opens. */
public enum Via {
  /** The public endpoint alone: the agent binds the internal endpoint all the time. */
  CloudEndpoint,
  /** The internal endpoint too, through the agent's own API. */
  AgentAPI
}
