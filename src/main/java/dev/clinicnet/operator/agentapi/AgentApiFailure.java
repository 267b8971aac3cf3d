package dev.clinicnet.operator.agentapi;

/** Why an agent did not do what it was asked, told by what is to be done. */
public enum AgentApiFailure {
  /** It is offline, or something on the way to it is: try again. It may have been done. */
  UNREACHABLE,
  /** The certificate, the password or the host is not the one that it knows: look at both. */
  REFUSED,
  /** It is too old for what is asked: update the agent. */
  UNSUPPORTED,
  /** It has another endpoint of that name, and does not let go of it: try again. */
  ALREADY_STARTED,
  /** What is asked for is wrong, or its token does not allow it: change the manifest. */
  INVALID
}
