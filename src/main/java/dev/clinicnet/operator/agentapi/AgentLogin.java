package dev.clinicnet.operator.agentapi;

import dev.clinicnet.operator.agent.AgentPassword;
import dev.clinicnet.operator.certificate.ClientIdentity;
import java.util.Objects;

/**
 * The credentials for the API of one agent.
 *
 * @param host the public host that leads to it
 * @param identity the client certificate for the public endpoint
 * @param password the password for the agent's endpoint
 */
public record AgentLogin(String host, ClientIdentity identity, AgentPassword password) {

  public AgentLogin {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(password, "password");
  }
}
