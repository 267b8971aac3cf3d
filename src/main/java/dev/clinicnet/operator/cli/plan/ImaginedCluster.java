package dev.clinicnet.operator.cli.plan;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.clinic.AssumedAgentAPISecret;
import dev.clinicnet.operator.clinic.AssumedSiteKit;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.kubernetes.InMemoryCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A cluster with the objects of the files, and with the Secrets that the account suggests. */
final class ImaginedCluster extends InMemoryCluster {
  private final PlannedManifests manifests;
  private final FileSecrets referenced;
  private final Inventory inventory;
  private final String instance;
  private final Map<String, Clinic> bySiteKit = new HashMap<>();
  private final Map<String, Clinic> byAgentAPI = new HashMap<>();

  ImaginedCluster(PlannedManifests manifests, Inventory inventory, String instance) {
    this.manifests = manifests;
    this.referenced = new FileSecrets(manifests, inventory);
    this.inventory = inventory;
    this.instance = instance;
    manifests.objects().forEach(this::add);
    manifests.secrets().values().forEach(this::add);
    for (Clinic clinic : manifests.clinics().values()) {
      String namespace = clinic.getMetadata().getNamespace() + "/";
      bySiteKit.put(namespace + ClinicNames.siteKitSecret(clinic), clinic);
      byAgentAPI.put(namespace + ClinicNames.agentAPISecret(clinic), clinic);
    }
  }

  /** The real cluster may have more objects than the files. */
  @Override
  public boolean isWhole() {
    return false;
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
    return super.secret(namespace, name)
        .or(
            () ->
                Optional.ofNullable(bySiteKit.get(path))
                    .flatMap(clinic -> AssumedSiteKit.of(clinic, inventory, instance)))
        .or(
            () ->
                Optional.ofNullable(byAgentAPI.get(path))
                    .flatMap(clinic -> AssumedAgentAPISecret.of(clinic, inventory, instance)));
  }
}
