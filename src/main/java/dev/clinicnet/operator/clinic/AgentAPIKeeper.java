package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.agent.AgentPassword;
import dev.clinicnet.operator.certificate.ClientIdentities;
import dev.clinicnet.operator.certificate.ClientIdentity;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Makes, renews and destroys what the operator shows to the agents' APIs. */
public final class AgentAPIKeeper {
  private static final String SUBJECT = "clinic-operator";

  private final SecureRandom random;
  private final ClientIdentities identities;

  /** Draws keys and passwords from here. */
  public AgentAPIKeeper(SecureRandom random) {
    this.random = random;
    this.identities = new ClientIdentities(random);
  }

  /**
   * The Secret as it is to be written now; empty when it is right.
   *
   * @param decision what was decided while it is as it is
   */
  Optional<Secret> due(ClinicObservation o, AgentAPIDecision decision) {
    AgentAPISecret secret = o.agentAPI();
    if (secret.foreign() || decision.use() == AgentAPIDecision.Use.CLOSING) {
      return Optional.empty();
    }
    if (decision.use() == AgentAPIDecision.Use.NONE) {
      return secret.isEmpty()
          ? Optional.empty()
          : Optional.of(secret.holding(o.clinic(), Map.of()));
    }
    Optional<AgentAPIKeys> present = secret.keys();
    AgentAPIKeys keys =
        present
            .map(known -> known.at(o.now(), decision.programmed(), () -> identity(o.now())))
            .orElseGet(() -> AgentAPIKeys.first(identity(o.now()), AgentPassword.generate(random)));
    boolean same =
        present.filter(keys::equals).isPresent()
            && SiteKitSecrets.isOwned(o.clinic(), secret.present());
    return same ? Optional.empty() : Optional.of(secret.holding(o.clinic(), keys.texts()));
  }

  private ClientIdentity identity(Instant now) {
    return identities.issue(SUBJECT, now, AgentAPIKeys.VALIDITY);
  }
}
