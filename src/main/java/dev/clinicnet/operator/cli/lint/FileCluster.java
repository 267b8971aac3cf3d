package dev.clinicnet.operator.cli.lint;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.kubernetes.Cluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A cluster that holds the objects of the files and nothing else. It cannot be written to. */
final class FileCluster implements Cluster {
  private final Map<String, Clinic> clinics;
  private final Map<String, List<Clinic>> clinicsByKey = new HashMap<>();
  private final Map<String, List<ClinicService>> servicesByKey = new HashMap<>();
  private final Map<String, Secret> secrets;
  private final ReferencedFiles referenced;
  private final FileGrants grants;

  /**
   * A cluster.
   *
   * @param clinics the Clinics, by namespace and name
   * @param claiming the same Clinics as other objects see them
   * @param secrets without their data, the Clinics, by namespace and name
   */
  FileCluster(
      Map<String, Clinic> clinics,
      Collection<Clinic> claiming,
      Collection<ClinicService> services,
      Map<String, Secret> secrets,
      ReferencedFiles referenced,
      FileGrants grants) {
    this.clinics = Map.copyOf(clinics);
    this.secrets = Map.copyOf(secrets);
    this.referenced = referenced;
    this.grants = grants;
    for (Clinic clinic : claiming) {
      Set.copyOf(ClaimKeys.of(clinic))
          .forEach(key -> clinicsByKey.computeIfAbsent(key, k -> new ArrayList<>()).add(clinic));
    }
    for (ClinicService service : services) {
      Set.copyOf(ClaimKeys.of(service))
          .forEach(key -> servicesByKey.computeIfAbsent(key, k -> new ArrayList<>()).add(service));
    }
  }

  @Override
  public Optional<Clinic> clinic(String namespace, String name) {
    return Optional.ofNullable(clinics.get(namespace + "/" + name));
  }

  @Override
  public Collection<Clinic> clinicsBy(String claimKey) {
    return clinicsByKey.getOrDefault(claimKey, List.of());
  }

  @Override
  public Collection<ClinicSession> sessionsBy(String claimKey) {
    return List.of();
  }

  @Override
  public Collection<ClinicService> servicesBy(String claimKey) {
    return servicesByKey.getOrDefault(claimKey, List.of());
  }

  @Override
  public Grant grant(String namespace) {
    return grants.of(namespace);
  }

  @Override
  public Optional<Secret> secret(String namespace, String name) {
    return Optional.ofNullable(secrets.get(namespace + "/" + name));
  }

  @Override
  public Optional<Secret> referencedSecret(String namespace, String name) {
    return referenced.secret(namespace, name);
  }

  @Override
  public Optional<ConfigMap> referencedConfigMap(String namespace, String name) {
    return referenced.configMap(namespace, name);
  }

  @Override
  public Secret createSecret(Secret secret) {
    throw readOnly(secret);
  }

  @Override
  public Secret updateSecret(Secret secret) {
    throw readOnly(secret);
  }

  @Override
  public void applyStatus(HasMetadata withStatus) {
    throw readOnly(withStatus);
  }

  @Override
  public void emit(HasMetadata about, boolean warning, String reason, String message) {
    throw readOnly(about);
  }

  private static IllegalStateException readOnly(HasMetadata object) {
    return new IllegalStateException(
        object.getKind() + " " + ClinicNames.path(object) + ": files are not written to");
  }
}
