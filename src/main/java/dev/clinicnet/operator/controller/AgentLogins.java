package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.agentapi.AgentLogin;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.clinic.AgentAPISecret;
import dev.clinicnet.operator.kubernetes.MissingRight;
import dev.clinicnet.operator.plan.AgentTarget;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/**
 * The logins for agents' APIs. They are read live, because they may have been renewed a moment ago.
 */
record AgentLogins(KubernetesClient client) {

  /** The login for an agent; empty when its Secret does not exist, or may no longer be read. */
  Optional<AgentLogin> read(AgentTarget agent) {
    Secret secret;
    try {
      secret =
          client
              .secrets()
              .inNamespace(agent.namespace())
              .withName(ClinicNames.agentAPISecret(agent.clinic()))
              .get();
    } catch (KubernetesClientException e) {
      if (MissingRight.of(e).isEmpty()) {
        throw e;
      }
      // The namespace is being deleted. Work that does not need the agent goes on.
      secret = null;
    }
    return AgentAPISecret.login(Optional.ofNullable(secret), agent);
  }
}
