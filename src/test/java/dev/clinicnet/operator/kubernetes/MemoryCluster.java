package dev.clinicnet.operator.kubernetes;

import dev.clinicnet.operator.condition.EventReason;
import dev.clinicnet.operator.grant.Grant;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster in memory that a test fills, and that counts and refuses what is written. */
public class MemoryCluster extends InMemoryCluster {
  private static final String NAMESPACE = "clinics";

  private final List<String> events = new ArrayList<>();
  private Grant grant = Grant.TRUSTED;
  private DNSEndpoints dnsEndpoints;
  private boolean refusesSecrets;
  private Runnable whenRead = () -> {};
  private int writes;
  private int liveReads;
  private Optional<Secret> cached;

  @Override
  public final MemoryCluster add(HasMetadata object) {
    super.add(object);
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

  /** Does something before a Secret is read. */
  public final void beforeSecretsAreRead(Runnable disturbance) {
    whenRead = disturbance;
  }

  @Override
  public Optional<Secret> secret(String namespace, String name) {
    whenRead.run();
    liveReads++;
    return super.secret(namespace, name);
  }

  @Override
  public Optional<Secret> cachedSecret(String namespace, String name) {
    return cached == null ? super.secret(namespace, name) : cached;
  }

  /** From now on, the cache of Secrets has all, as they are. */
  public final void cacheAll() {
    cached = null;
  }

  /** From now on, the cache of Secrets has this one and no other. */
  public final void cacheOnly(Optional<Secret> secret) {
    cached = secret;
  }

  /** How many Secrets were read as the API server has them. */
  public final int liveReads() {
    return liveReads;
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

  @Override
  public final Grant grant(String account, String namespace) {
    return grant;
  }

  @Override
  public final Optional<DNSEndpoints> dnsEndpoints() {
    return Optional.ofNullable(dnsEndpoints);
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
  public void emit(HasMetadata about, boolean warning, EventReason reason, String message) {
    events.add((warning ? "Warning " : "Normal ") + reason);
  }

  /** Gives an object the status of another of its kind, if that one has any. */
  @SuppressWarnings("unchecked") // both are of one kind
  protected static void copyStatus(HasMetadata from, HasMetadata to) {
    if (from instanceof CustomResource<?, ?> known) {
      ((CustomResource<?, Object>) to).setStatus(known.getStatus());
    }
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
