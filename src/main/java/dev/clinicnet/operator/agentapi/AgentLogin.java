package dev.clinicnet.operator.agentapi;

import dev.clinicnet.operator.agent.AgentPassword;
import dev.clinicnet.operator.certificate.ClientIdentity;
import java.util.Objects;

/**
 * What opens the API of one agent.
 *
 * @param host the public host that leads to it
 * @param identity what the public endpoint asks for
 * @param password what the agent's endpoint asks for
 */
public record AgentLogin(String host, ClientIdentity identity, AgentPassword password) {

  public AgentLogin {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(password, "password");
  }
}
