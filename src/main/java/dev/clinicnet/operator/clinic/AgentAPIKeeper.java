package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.agent.AgentPassword;
import dev.clinicnet.operator.certificate.ClientIdentities;
import dev.clinicnet.operator.certificate.ClientIdentity;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;

/** Creates, renews and destroys the operator's credentials for the agents' APIs. */
public final class AgentAPIKeeper {
  private static final String SUBJECT = "clinic-operator";

  private final SecureRandom random;
  private final ClientIdentities identities;

  /** An instance that takes keys and passwords from this source. */
  public AgentAPIKeeper(SecureRandom random) {
    this.random = random;
    this.identities = new ClientIdentities(random);
  }

  /** Where keys come from. */
  SecureRandom random() {
    return random;
  }

  /**
   * Whether the Secret must be written now.
   *
   * @param decision the decision with the present Secret
   */
  static boolean isDue(ClinicObservation o, AgentAPIDecision decision) {
    AgentAPISecret secret = o.agentAPI();
    if (secret.foreign() || decision.use() == AgentAPIDecision.Use.CLOSING) {
      return false;
    }
    if (decision.use() == AgentAPIDecision.Use.NONE) {
      return !secret.isEmpty();
    }
    boolean current =
        secret.keys().filter(keys -> keys.areCurrent(o.now(), decision.programmed())).isPresent();
    return !current || !SiteKitSecrets.isOwned(o.clinic(), secret.present());
  }

  /**
   * The Secret to write now.
   *
   * @param decision the decision with the present Secret
   */
  Secret make(ClinicObservation o, AgentAPIDecision decision) {
    if (decision.use() == AgentAPIDecision.Use.NONE) {
      return o.agentAPI().holding(o.clinic(), Map.of());
    }
    AgentAPIKeys keys =
        o.agentAPI()
            .keys()
            .map(known -> known.at(o.now(), decision.programmed(), () -> identity(o.now())))
            .orElseGet(() -> AgentAPIKeys.first(identity(o.now()), AgentPassword.generate(random)));
    return o.agentAPI().holding(o.clinic(), keys.texts());
  }

  private ClientIdentity identity(Instant now) {
    return identities.issue(SUBJECT, now, AgentAPIKeys.VALIDITY);
  }
}
