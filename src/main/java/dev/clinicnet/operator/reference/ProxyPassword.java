package dev.clinicnet.operator.reference;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.KeyRef;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.ngrok.SecretValue;
import java.util.Optional;

/** The password with which the agent of a Clinic logs in at the proxy of its network. */
public final class ProxyPassword {
  private static final String FIELD = "spec.agent.proxyPasswordSecretRef";
  private static final String CONSEQUENCE =
      "Until then the site kit keeps the password that it has; without one, it is not written.";
  private static final int LONGEST = 255;

  private ProxyPassword() {}

  /** The password that a Clinic refers to; nothing if it refers to none. */
  public static Resolved<SecretValue> resolve(Clinic clinic, Cluster cluster) {
    KeyRef ref = clinic.getSpec().agent().proxyPasswordSecretRef();
    if (ref == null) {
      return Resolved.nothing();
    }
    try {
      String text =
          new ReferencedValues(cluster, clinic.getMetadata().getNamespace())
              .secret(FIELD, ref)
              .strip();
      return new Resolved<>(Optional.of(checked(text, ref)), Optional.empty(), Optional.empty());
    } catch (ReferenceProblem e) {
      return Resolved.failed(e.verdict().and(CONSEQUENCE), e.mendsAt());
    }
  }

  private static SecretValue checked(String text, KeyRef ref) {
    if (text.isEmpty()
        || text.length() > LONGEST
        || text.chars().anyMatch(Character::isISOControl)) {
      throw ReferenceProblem.unusable(
          "%s: key %s of Secret %s must have 1 to %d characters and no line break. Store the password of the proxy's user there."
              .formatted(FIELD, ref.key(), ref.name(), LONGEST));
    }
    return new SecretValue(text);
  }
}
