package dev.clinicnet.operator.cli.plan;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.clinic.AssumedAgentAPISecret;
import dev.clinicnet.operator.clinic.AssumedSiteKit;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.kubernetes.Cluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A cluster in memory with the objects of the files, and with the site kits that are assumed from
 * the account. Statuses and Secrets are only in memory.
 */
final class ImaginedCluster implements Cluster {
  private final PlannedManifests manifests;
  private final FileSecrets referenced;
  private final Inventory inventory;
  private final String instance;
  private final Map<String, Secret> secrets = new HashMap<>();
  private final Map<String, Set<String>> clinicsByKey = new HashMap<>();
  private final Map<String, Set<String>> servicesByKey = new HashMap<>();
  private final Map<String, Clinic> bySiteKit = new HashMap<>();
  private final Map<String, Clinic> byAgentAPI = new HashMap<>();

  ImaginedCluster(PlannedManifests manifests, Inventory inventory, String instance) {
    this.manifests = manifests;
    this.referenced = new FileSecrets(manifests, inventory);
    this.inventory = inventory;
    this.instance = instance;
    this.secrets.putAll(manifests.secrets());
    manifests
        .clinics()
        .forEach(
            (path, clinic) -> {
              ClaimKeys.of(clinic).forEach(key -> index(clinicsByKey, key, path));
              String namespace = clinic.getMetadata().getNamespace() + "/";
              bySiteKit.put(namespace + ClinicNames.siteKitSecret(clinic), clinic);
              byAgentAPI.put(namespace + ClinicNames.agentAPISecret(clinic), clinic);
            });
    manifests
        .services()
        .forEach(
            (path, service) ->
                ClaimKeys.of(service).forEach(key -> index(servicesByKey, key, path)));
  }

  @Override
  public Optional<Clinic> clinic(String namespace, String name) {
    return Optional.ofNullable(manifests.clinics().get(namespace + "/" + name));
  }

  @Override
  public Collection<Clinic> clinicsBy(String claimKey) {
    return under(clinicsByKey, claimKey, manifests.clinics());
  }

  /** The real cluster may have more objects than the files. */
  @Override
  public boolean isWhole() {
    return false;
  }

  @Override
  public Collection<ClinicSession> sessionsBy(String claimKey) {
    return List.of();
  }

  @Override
  public Collection<ClinicService> servicesBy(String claimKey) {
    return under(servicesByKey, claimKey, manifests.services());
  }

  @Override
  public Optional<Secret> referencedSecret(String namespace, String name) {
    return referenced.referenced(namespace, name);
  }

  @Override
  public Optional<ConfigMap> referencedConfigMap(String namespace, String name) {
    return Optional.ofNullable(manifests.configMaps().get(namespace + "/" + name))
        .filter(FileSecrets::isLabelled);
  }

  @Override
  public Grant grant(String namespace) {
    return manifests.grants().of(namespace);
  }

  @Override
  public Optional<Secret> secret(String namespace, String name) {
    String path = namespace + "/" + name;
    return Optional.ofNullable(secrets.get(path))
        .or(
            () ->
                Optional.ofNullable(bySiteKit.get(path))
                    .flatMap(clinic -> AssumedSiteKit.of(clinic, inventory, instance)))
        .or(
            () ->
                Optional.ofNullable(byAgentAPI.get(path))
                    .flatMap(clinic -> AssumedAgentAPISecret.of(clinic, inventory, instance)));
  }

  @Override
  public Secret createSecret(Secret secret) {
    return updateSecret(secret);
  }

  @Override
  public Secret updateSecret(Secret secret) {
    secrets.put(ClinicNames.path(secret), secret);
    return secret;
  }

  @Override
  public void applyStatus(HasMetadata withStatus) {
    String path = ClinicNames.path(withStatus);
    if (withStatus instanceof Clinic clinic) {
      Optional.ofNullable(manifests.clinics().get(path))
          .ifPresent(held -> held.setStatus(clinic.getStatus()));
    } else if (withStatus instanceof ClinicService service) {
      Optional.ofNullable(manifests.services().get(path))
          .ifPresent(held -> held.setStatus(service.getStatus()));
    }
  }

  @Override
  public void emit(HasMetadata about, boolean warning, String reason, String message) {
    // Statuses have this text too.
  }

  private static void index(Map<String, Set<String>> byKey, String key, String path) {
    byKey.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(path);
  }

  private static <T> List<T> under(
      Map<String, Set<String>> byKey, String key, Map<String, T> objects) {
    return byKey.getOrDefault(key, Set.of()).stream().map(objects::get).toList();
  }
}
