package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.KeyRef;
import dev.clinicnet.operator.api.v1alpha1.KeySource;
import dev.clinicnet.operator.kubernetes.Cluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads what a service refers to in its namespace. Whatever it throws names the field, the object
 * and the remedy, and never a value.
 */
final class References {
  private static final String LABEL = "the label clinicnet.dev/referenced: \"true\"";

  private final String namespace;
  private final Function<String, Optional<Secret>> secrets;
  private final Function<String, Optional<ConfigMap>> configMaps;

  /**
   * References of a namespace.
   *
   * @param secrets the labelled Secrets by name
   * @param configMaps the labelled ConfigMaps by name
   */
  References(
      String namespace,
      Function<String, Optional<Secret>> secrets,
      Function<String, Optional<ConfigMap>> configMaps) {
    this.namespace = namespace;
    this.secrets = secrets;
    this.configMaps = configMaps;
  }

  static References in(Cluster cluster, String namespace) {
    return new References(
        namespace,
        name -> cluster.referencedSecret(namespace, name),
        name -> cluster.referencedConfigMap(namespace, name));
  }

  /** A Secret. */
  Secret secret(String field, String name) {
    return secrets.apply(name).orElseThrow(() -> notFound(field, "Secret", name));
  }

  /** A text that is no secret. */
  String text(String field, KeySource source) {
    if (source.configMapKeyRef() == null) {
      return text(field + ".secretKeyRef", source.secretKeyRef());
    }
    KeyRef ref = source.configMapKeyRef();
    String where = field + ".configMapKeyRef";
    ConfigMap configMap =
        configMaps.apply(ref.name()).orElseThrow(() -> notFound(where, "ConfigMap", ref.name()));
    return Optional.ofNullable(configMap.getData())
        .map(data -> data.get(ref.key()))
        .orElseThrow(() -> noKey(where, "ConfigMap", ref));
  }

  /** A text in a Secret. */
  String text(String field, KeyRef ref) {
    return Optional.ofNullable(texts(secret(field, ref.name())).get(ref.key()))
        .orElseThrow(() -> noKey(field, "Secret", ref));
  }

  /** All texts in a Secret, by key in order. */
  static Map<String, String> texts(Secret secret) {
    Map<String, String> texts = new TreeMap<>();
    if (secret.getData() != null) {
      secret
          .getData()
          .forEach(
              (key, value) ->
                  texts.put(
                      key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
    }
    return texts;
  }

  /** Changes whenever the content of a Secret does, and tells nothing of it. */
  static String version(Secret secret) {
    return secret.getMetadata().getUid() + "/" + secret.getMetadata().getResourceVersion();
  }

  private UnresolvedReference notFound(String field, String kind, String name) {
    return UnresolvedReference.notFound(
        "%s: there is no %s %s in namespace %s with %s. Create it, or set the label."
            .formatted(field, kind, name, namespace, LABEL));
  }

  private static UnresolvedReference noKey(String field, String kind, KeyRef ref) {
    return UnresolvedReference.notFound(
        "%s: the %s %s has no key %s. Add the key, or name another."
            .formatted(field, kind, ref.name(), ref.key()));
  }
}
