package dev.clinicnet.operator.reference;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Names a Secret or ConfigMap that a manifest refers to. */
public record Reference(String kind, String namespace, String name) {
  /** What a referenced object needs, with the value {@code "true"}, to be seen by the operator. */
  public static final String LABEL = "clinicnet.dev/referenced";

  static final String SECRET = "Secret";
  static final String CONFIG_MAP = "ConfigMap";

  /** The name of an object. */
  public static Reference to(HasMetadata object) {
    return new Reference(
        object.getKind(), object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  /** What manifests are indexed by, so that those that refer to an object are found at once. */
  public String key() {
    return kind + "/" + namespace + "/" + name;
  }
}
