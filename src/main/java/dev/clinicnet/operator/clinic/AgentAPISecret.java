package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.agentapi.AgentLogin;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.plan.AgentTarget;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The present Secret with the operator's credentials for the agent's API. */
public final class AgentAPISecret {
  /** The label also distinguishes it from a site kit, which is handed out. */
  static final String LABEL = "clinicnet.dev/agent-api";

  /** The value for a Clinic that does not need one. */
  static final AgentAPISecret NONE = new AgentAPISecret(null, false);

  private final Secret present;
  private final boolean foreign;

  /** The keys, once they were read: a decision asks for them often, and parses certificates. */
  private Optional<AgentAPIKeys> keys;

  private AgentAPISecret(Secret present, boolean foreign) {
    this.present = present;
    this.foreign = foreign;
  }

  /**
   * Reads a Secret. It belongs to a Clinic if its label and annotation say so.
   *
   * @param clinic {@code namespace/name}
   */
  static AgentAPISecret of(Optional<Secret> secret, String clinic) {
    return secret.map(found -> new AgentAPISecret(found, !isOf(clinic, found))).orElse(NONE);
  }

  /**
   * Reads the login for an agent's API; empty when the Secret is missing, damaged or emptied, or
   * belongs to somebody else.
   */
  public static Optional<AgentLogin> login(Optional<Secret> secret, AgentTarget agent) {
    return of(secret, agent.namespace() + "/" + agent.clinic())
        .keys()
        .map(keys -> new AgentLogin(agent.host(), keys.client(), keys.password()));
  }

  private static boolean isOf(String clinic, Secret secret) {
    Map<String, String> labels = secret.getMetadata().getLabels();
    Map<String, String> annotations = secret.getMetadata().getAnnotations();
    return labels != null
        && "true".equals(labels.get(LABEL))
        && annotations != null
        && clinic.equals(annotations.get(SiteKitSecret.CLINIC));
  }

  /** The Secret; null when there is none, or when none is needed. */
  public Secret present() {
    return present;
  }

  /** Whether it belongs to somebody else. */
  public boolean foreign() {
    return foreign;
  }

  /** The keys in it; empty when they are missing or damaged. */
  synchronized Optional<AgentAPIKeys> keys() {
    if (keys == null) {
      keys =
          present == null || foreign
              ? Optional.empty()
              : AgentAPIKeys.read(key -> SecretText.of(present, key));
    }
    return keys;
  }

  /** Whether it has any content. */
  boolean isEmpty() {
    return present == null || present.getData() == null || present.getData().isEmpty();
  }

  /** The Secret to write. Entries that others have added are removed with the old ones. */
  Secret holding(Clinic clinic, Map<String, String> texts) {
    SecretBuilder builder =
        present == null
            ? new SecretBuilder()
                .withNewMetadata()
                .withNamespace(clinic.getMetadata().getNamespace())
                .withName(ClinicNames.agentAPISecret(clinic))
                .endMetadata()
                .withType("Opaque")
            : new SecretBuilder(present);
    return builder
        .editMetadata()
        .addToLabels(LABEL, "true")
        .addToLabels("app.kubernetes.io/managed-by", "clinic-operator")
        .addToAnnotations(SiteKitSecret.CLINIC, ClinicNames.path(clinic))
        .withOwnerReferences(List.of(SiteKitSecrets.owner(clinic)))
        .endMetadata()
        .withData(SecretText.data(texts))
        .build();
  }

  @Override
  public String toString() {
    return "AgentAPISecret[" + (present == null ? "absent" : present.getMetadata().getName()) + "]";
  }
}
