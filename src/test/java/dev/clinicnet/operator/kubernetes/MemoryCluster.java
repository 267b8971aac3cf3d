package dev.clinicnet.operator.kubernetes;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.grant.Grant;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster in memory, which holds what it is given and takes what is written. */
public class MemoryCluster implements Cluster {
  private static final String NAMESPACE = "clinics";

  private final Map<String, HasMetadata> objects = new LinkedHashMap<>();
  private final List<String> events = new ArrayList<>();
  private Grant grant = Grant.TRUSTED;
  private DNSEndpoints dnsEndpoints;
  private boolean refusesSecrets;
  private int writes;

  /** Holds an object as it is, in place of what it held of that name. */
  public final MemoryCluster add(HasMetadata object) {
    objects.put(path(object), object);
    return this;
  }

  /** Holds a Secret that manifests may refer to, of keys and values in turn. */
  public final MemoryCluster addSecret(String name, String... data) {
    return addSecret(name, "1", pairs(data));
  }

  /** The same, of a resource version. */
  public final MemoryCluster addSecret(String name, String version, Map<String, String> data) {
    SecretBuilder secret =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(NAMESPACE)
            .withName(name)
            .withUid("uid-" + name)
            .withResourceVersion(version)
            .endMetadata();
    data.forEach((key, text) -> secret.addToData(key, encoded(text)));
    return add(secret.build());
  }

  /** Holds a ConfigMap that manifests may refer to, of keys and values in turn. */
  public final MemoryCluster addConfigMap(String name, String... data) {
    return addConfigMap(name, pairs(data));
  }

  /** The same. */
  public final MemoryCluster addConfigMap(String name, Map<String, String> data) {
    return add(
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace(NAMESPACE)
            .withName(name)
            .endMetadata()
            .withData(data)
            .build());
  }

  /** Lets every namespace have only what a grant allows. */
  public final MemoryCluster granting(Grant given) {
    grant = given;
    return this;
  }

  /** Makes DNS records be published. */
  public final MemoryCluster publishingTo(DNSEndpoints endpoints) {
    dnsEndpoints = endpoints;
    return this;
  }

  /** Refuses to write Secrets from now on. */
  public final void refuseSecrets() {
    refusesSecrets = true;
  }

  /** How many statuses and Secrets were written. */
  public final int writes() {
    return writes;
  }

  /** The Events that were told, each as {@code Warning Quarantined}; a test may clear them. */
  public final List<String> events() {
    return events;
  }

  /** All objects of a kind, in the order in which they were added. */
  public final <T extends HasMetadata> List<T> all(Class<T> type) {
    return objects.values().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** An object of a kind. */
  protected final <T extends HasMetadata> Optional<T> find(
      Class<T> type, String namespace, String name) {
    return Optional.ofNullable(objects.get(path(HasMetadata.getKind(type), namespace, name)))
        .map(type::cast);
  }

  /** The stored object of the same kind and name; null if there is none. */
  protected final HasMetadata held(HasMetadata object) {
    return objects.get(path(object));
  }

  /** Holds an object no more. */
  public final void remove(HasMetadata object) {
    objects.remove(path(object));
  }

  @Override
  public final Optional<Clinic> clinic(String namespace, String name) {
    return find(Clinic.class, namespace, name);
  }

  @Override
  public final Collection<Clinic> clinicsBy(String claimKey) {
    return all(Clinic.class).stream().filter(c -> ClaimKeys.of(c).contains(claimKey)).toList();
  }

  @Override
  public final Collection<ClinicService> servicesBy(String claimKey) {
    return all(ClinicService.class).stream()
        .filter(s -> ClaimKeys.of(s).contains(claimKey))
        .toList();
  }

  @Override
  public final Collection<ClinicSession> sessionsBy(String claimKey) {
    return all(ClinicSession.class).stream()
        .filter(s -> ClaimKeys.of(s).contains(claimKey))
        .toList();
  }

  @Override
  public final Grant grant(String namespace) {
    return grant;
  }

  @Override
  public final Optional<Secret> secret(String namespace, String name) {
    return find(Secret.class, namespace, name);
  }

  @Override
  public final Optional<Secret> referencedSecret(String namespace, String name) {
    return secret(namespace, name);
  }

  @Override
  public final Optional<ConfigMap> referencedConfigMap(String namespace, String name) {
    return find(ConfigMap.class, namespace, name);
  }

  @Override
  public final Optional<DNSEndpoints> dnsEndpoints() {
    return Optional.ofNullable(dnsEndpoints);
  }

  @Override
  public Secret createSecret(Secret secret) {
    return updateSecret(secret);
  }

  @Override
  public Secret updateSecret(Secret secret) {
    if (refusesSecrets) {
      throw new KubernetesClientException("no", 403, null);
    }
    writes++;
    add(secret);
    return secret;
  }

  @Override
  public void applyStatus(HasMetadata withStatus) {
    writes++;
    copyStatus(withStatus, held(withStatus));
  }

  @Override
  public void emit(HasMetadata about, boolean warning, String reason, String message) {
    events.add((warning ? "Warning " : "Normal ") + reason);
  }

  /** Gives an object the status of another of its kind, if that one has any. */
  @SuppressWarnings("unchecked") // both are of one kind
  protected static void copyStatus(HasMetadata from, HasMetadata to) {
    if (from instanceof CustomResource<?, ?> known) {
      ((CustomResource<?, Object>) to).setStatus(known.getStatus());
    }
  }

  /** Kind, namespace and name. */
  public static String path(HasMetadata object) {
    return path(
        object.getKind(), object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  private static String path(String kind, String namespace, String name) {
    return kind + " " + namespace + "/" + name;
  }

  /** A text encoded as in a Secret. */
  protected static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> pairs(String... data) {
    Map<String, String> pairs = new HashMap<>();
    for (int i = 0; i < data.length; i += 2) {
      pairs.put(data[i], data[i + 1]);
    }
    return pairs;
  }
}
