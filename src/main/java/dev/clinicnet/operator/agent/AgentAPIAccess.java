package dev.clinicnet.operator.agent;

import java.util.Objects;

/**
 * How a remote client reaches an agent's own API.
 *
 * @param host the public host of the API, which the agent sees in the Host header
 * @param password the password that the API asks for
 */
public record AgentAPIAccess(String host, AgentPassword password) {

  /** The user that goes with every password. */
  public static final String USER = "clinic-operator";

  public AgentAPIAccess {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(password, "password");
  }
}
