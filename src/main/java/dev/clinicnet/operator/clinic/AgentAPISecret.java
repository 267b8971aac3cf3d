package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.claim.ClinicNames;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Secret with what the operator shows to the agent's API, as it is now.
 *
 * @param present the Secret, null when there is none, or nobody needs one
 * @param foreign whether it belongs to somebody else
 */
record AgentAPISecret(Secret present, boolean foreign) {
  /** Also what tells it from a site kit, which is handed out. */
  static final String LABEL = "clinicnet.dev/agent-api";

  /** For a Clinic that has no use for one. */
  static final AgentAPISecret NONE = new AgentAPISecret(null, false);

  /**
   * Reads a Secret; it is a Clinic's when label and annotation say so.
   *
   * @param clinic {@code namespace/name}
   */
  static AgentAPISecret of(Optional<Secret> secret, String clinic) {
    return secret.map(found -> new AgentAPISecret(found, !isOf(clinic, found))).orElse(NONE);
  }

  private static boolean isOf(String clinic, Secret secret) {
    Map<String, String> labels = secret.getMetadata().getLabels();
    Map<String, String> annotations = secret.getMetadata().getAnnotations();
    return labels != null
        && "true".equals(labels.get(LABEL))
        && annotations != null
        && clinic.equals(annotations.get(SiteKitSecret.CLINIC));
  }

  /** The keys that it holds; empty when they are missing, or somebody has damaged them. */
  Optional<AgentAPIKeys> keys() {
    return present == null || foreign
        ? Optional.empty()
        : AgentAPIKeys.read(key -> SecretText.of(present, key));
  }

  /** Whether there is anything in it. */
  boolean isEmpty() {
    return present == null || present.getData() == null || present.getData().isEmpty();
  }

  /** The Secret as it is to be; what others have put beside our keys is gone with the old ones. */
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
