package dev.clinicnet.operator.reference;

import dev.clinicnet.operator.api.v1alpha1.KeyRef;
import dev.clinicnet.operator.api.v1alpha1.KeySource;
import dev.clinicnet.operator.api.v1alpha1.SecretRef;
import dev.clinicnet.operator.certificate.CertificateProblem;
import dev.clinicnet.operator.kubernetes.Cluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads the objects of one namespace that manifests refer to. */
public final class ReferencedValues {
  private final Cluster cluster;
  private final String namespace;

  /** The values of one namespace. */
  public ReferencedValues(Cluster cluster, String namespace) {
    this.cluster = cluster;
    this.namespace = namespace;
  }

  /**
   * The value of a key of a Secret, in its parsed form.
   *
   * @throws ReferenceProblem when it does not exist, or has another form
   */
  <T> T secret(String field, SecretRef ref, String key, Function<String, T> reader) {
    return read(where(field, Reference.SECRET, ref.name()), secret(field, ref.name()), key, reader);
  }

  /**
   * The text of a key of a Secret.
   *
   * @throws ReferenceProblem when it does not exist
   */
  public String secret(String field, KeyRef ref) {
    String where = where(field, Reference.SECRET, ref.name());
    return read(where, secret(field, ref.name()), ref.key(), Function.identity());
  }

  /**
   * All values of a Secret, in the order of the keys.
   *
   * @throws ReferenceProblem when it does not exist
   */
  public Map<String, String> texts(String field, String name) {
    Map<String, String> data = object(field, name).getData();
    Map<String, String> texts = new TreeMap<>();
    if (data != null) {
      data.keySet().forEach(key -> texts.put(key, decoded(data, key)));
    }
    return texts;
  }

  /**
   * A text that changes with the content of a Secret, and says nothing about it.
   *
   * @throws ReferenceProblem when it does not exist
   */
  public String version(String field, String name) {
    ObjectMeta metadata = object(field, name).getMetadata();
    return metadata.getUid() + "/" + metadata.getResourceVersion();
  }

  /**
   * The value of a key of a ConfigMap or Secret, in its parsed form.
   *
   * @throws ReferenceProblem when it does not exist, or has another form
   */
  public <T> T value(String field, KeySource source, Function<String, T> reader) {
    if (source.secretKeyRef() != null) {
      String at = field + ".secretKeyRef";
      KeyRef ref = source.secretKeyRef();
      return read(
          where(at, Reference.SECRET, ref.name()), secret(at, ref.name()), ref.key(), reader);
    }
    String at = field + ".configMapKeyRef";
    KeyRef ref = source.configMapKeyRef();
    return read(
        where(at, Reference.CONFIG_MAP, ref.name()),
        configMap(at, ref.name(), ref.key()),
        ref.key(),
        reader);
  }

  private static <T> T read(
      String where, Function<String, String> data, String key, Function<String, T> reader) {
    String text = data.apply(key);
    if (text == null) {
      throw ReferenceProblem.noKey(where, key);
    }
    try {
      return reader.apply(text);
    } catch (CertificateProblem e) {
      throw ReferenceProblem.unusable(where, key, e);
    }
  }

  private Function<String, String> secret(String field, String name) {
    Secret secret = object(field, name);
    return key -> decoded(secret.getData(), key);
  }

  private Secret object(String field, String name) {
    return cluster
        .referencedSecret(namespace, name)
        .orElseThrow(() -> ReferenceProblem.notFound(field, Reference.SECRET, name));
  }

  private Function<String, String> configMap(String field, String name, String key) {
    ConfigMap map =
        cluster
            .referencedConfigMap(namespace, name)
            .orElseThrow(() -> ReferenceProblem.notFound(field, Reference.CONFIG_MAP, name));
    boolean plain = map.getData() != null && map.getData().containsKey(key);
    return plain ? map.getData()::get : binary -> decoded(map.getBinaryData(), binary);
  }

  private static String decoded(Map<String, String> data, String key) {
    String text = data == null ? null : data.get(key);
    return text == null
        ? null
        : new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
  }

  private static String where(String field, String kind, String name) {
    return field + ": " + kind + " " + name;
  }
}
