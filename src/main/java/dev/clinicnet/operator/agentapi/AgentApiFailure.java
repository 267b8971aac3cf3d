package dev.clinicnet.operator.agentapi;

/** Why a call of an agent failed. Each value stands for what the caller must do. */
public enum AgentApiFailure {
  /**
   * The agent, or something on the way to it, is offline: try again. The call may have taken
   * effect.
   */
  UNREACHABLE,
  /** The agent does not accept the certificate, the password or the host: check both sides. */
  REFUSED,
  /** The agent is too old for this call: update it. */
  UNSUPPORTED,
  /** The agent has another endpoint of that name, and does not stop it: try again. */
  ALREADY_STARTED,
  /** The call is wrong, or the agent's token does not allow it: change the manifest. */
  INVALID
}
