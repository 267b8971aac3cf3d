package dev.clinicnet.operator.reference;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.kubernetes.DNSEndpoints;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster with Secrets and ConfigMaps that manifests refer to, and nothing else. */
public final class LabeledObjects implements Cluster {
  private final Map<String, Secret> secrets = new HashMap<>();
  private final Map<String, ConfigMap> configMaps = new HashMap<>();
  private DNSEndpoints dnsEndpoints;

  /** With a Secret, of keys and values in turn. */
  public LabeledObjects secret(String name, String... data) {
    return secret(name, "1", pairs(data));
  }

  /** With a Secret of a resource version. */
  public LabeledObjects secret(String name, String version, Map<String, String> data) {
    Map<String, String> encoded = new HashMap<>();
    data.forEach(
        (key, text) ->
            encoded.put(
                key, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
    secrets.put(
        name,
        new SecretBuilder()
            .withNewMetadata()
            .withName(name)
            .withUid("uid-" + name)
            .withResourceVersion(version)
            .endMetadata()
            .withData(encoded)
            .build());
    return this;
  }

  /** With a ConfigMap, of keys and values in turn. */
  public LabeledObjects configMap(String name, String... data) {
    return configMap(name, pairs(data));
  }

  /** With a ConfigMap. */
  public LabeledObjects configMap(String name, Map<String, String> data) {
    configMaps.put(name, new ConfigMapBuilder().withData(data).build());
    return this;
  }

  /** With DNSEndpoints, which are not looked at here. */
  public LabeledObjects publishingTo(DNSEndpoints endpoints) {
    dnsEndpoints = endpoints;
    return this;
  }

  private static Map<String, String> pairs(String... data) {
    Map<String, String> pairs = new HashMap<>();
    for (int i = 0; i < data.length; i += 2) {
      pairs.put(data[i], data[i + 1]);
    }
    return pairs;
  }

  @Override
  public Optional<Secret> referencedSecret(String namespace, String name) {
    return Optional.ofNullable(secrets.get(name));
  }

  @Override
  public Optional<ConfigMap> referencedConfigMap(String namespace, String name) {
    return Optional.ofNullable(configMaps.get(name));
  }

  @Override
  public Optional<Clinic> clinic(String namespace, String name) {
    return Optional.empty();
  }

  @Override
  public Collection<Clinic> clinicsBy(String claimKey) {
    return List.of();
  }

  @Override
  public Collection<ClinicSession> sessionsBy(String claimKey) {
    return List.of();
  }

  @Override
  public Collection<ClinicService> servicesBy(String claimKey) {
    return List.of();
  }

  @Override
  public Optional<Secret> secret(String namespace, String name) {
    return Optional.empty();
  }

  @Override
  public Optional<DNSEndpoints> dnsEndpoints() {
    return Optional.ofNullable(dnsEndpoints);
  }

  @Override
  public Secret createSecret(Secret secret) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Secret updateSecret(Secret secret) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void applyStatus(HasMetadata withStatus) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void emit(HasMetadata about, boolean warning, String reason, String message) {
    throw new UnsupportedOperationException();
  }
}
