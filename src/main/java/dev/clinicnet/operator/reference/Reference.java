package dev.clinicnet.operator.reference;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Names a Secret or ConfigMap that a manifest refers to. */
public record Reference(String kind, String namespace, String name) {
  /**
   * The label that a referenced object needs, with the value {@code "true"}, so that the operator
   * sees it.
   */
  public static final String LABEL = "clinicnet.dev/referenced";

  static final String SECRET = "Secret";
  static final String CONFIG_MAP = "ConfigMap";

  /** The name of an object. */
  public static Reference to(HasMetadata object) {
    return new Reference(
        object.getKind(), object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  /** The key of the index by which the manifests that refer to an object are found. */
  public String key() {
    return kind + "/" + namespace + "/" + name;
  }
}
