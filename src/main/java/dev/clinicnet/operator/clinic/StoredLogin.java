package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.agentapi.AgentLogin;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.plan.AgentTarget;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;

/** The stored login for an agent's API. */
public final class StoredLogin {
  private StoredLogin() {}

  /** The name of the Secret with the login of a Clinic. */
  public static String secretName(String clinic) {
    return ClinicNames.agentAPISecret(clinic);
  }

  /**
   * Reads the login; empty when the Secret is missing, damaged or emptied, or belongs to somebody
   * else.
   */
  public static Optional<AgentLogin> read(Optional<Secret> secret, AgentTarget agent) {
    AgentAPISecret stored = AgentAPISecret.of(secret, agent.namespace() + "/" + agent.clinic());
    return stored.keys().map(keys -> new AgentLogin(agent.host(), keys.client(), keys.password()));
  }
}
