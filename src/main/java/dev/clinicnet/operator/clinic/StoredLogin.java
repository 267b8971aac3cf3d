package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.agentapi.AgentLogin;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.plan.AgentTarget;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;

/** What opens an agent's API, as the operator has stored it. */
public final class StoredLogin {
  private StoredLogin() {}

  /** The Secret in which it is for a Clinic. */
  public static String secretName(String clinic) {
    return ClinicNames.agentAPISecret(clinic);
  }

  /** Reads it; empty when the Secret is missing, damaged, emptied or somebody else's. */
  public static Optional<AgentLogin> read(Optional<Secret> secret, AgentTarget agent) {
    AgentAPISecret stored = AgentAPISecret.of(secret, agent.namespace() + "/" + agent.clinic());
    return stored.keys().map(keys -> new AgentLogin(agent.host(), keys.client(), keys.password()));
  }
}
