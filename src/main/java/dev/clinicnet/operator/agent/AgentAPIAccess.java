package dev.clinicnet.operator.agent;

import java.util.Objects;

/**
 * How an agent's own API may be asked from afar.
 *
 * @param host the public host under which it is asked: what the agent sees in the Host header
 * @param password what it asks for in return
 */
public record AgentAPIAccess(String host, AgentPassword password) {

  /** The user that goes with every password. */
  public static final String USER = "clinic-operator";

  public AgentAPIAccess {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(password, "password");
  }
}
