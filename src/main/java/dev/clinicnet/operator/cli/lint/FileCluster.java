package dev.clinicnet.operator.cli.lint;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.kubernetes.InMemoryCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** A cluster that holds the objects of the files and nothing else. */
final class FileCluster extends InMemoryCluster {
  private final Map<String, Clinic> clinics;
  private final ReferencedFiles referenced;
  private final FileGrants grants;

  /**
   * A cluster.
   *
   * @param clinics the Clinics, by namespace and name
   * @param claiming the same Clinics as other objects see them
   * @param secrets the Secrets, without their data
   */
  FileCluster(
      Map<String, Clinic> clinics,
      Collection<Clinic> claiming,
      Collection<ClinicService> services,
      Collection<Secret> secrets,
      ReferencedFiles referenced,
      FileGrants grants) {
    this.clinics = Map.copyOf(clinics);
    this.referenced = referenced;
    this.grants = grants;
    claiming.forEach(this::add);
    services.forEach(this::add);
    secrets.forEach(this::add);
  }

  @Override
  public Optional<Clinic> clinic(String namespace, String name) {
    return Optional.ofNullable(clinics.get(namespace + "/" + name));
  }

  @Override
  public Grant grant(String account, String namespace) {
    return grants.of(account, namespace);
  }

  @Override
  public Optional<Secret> referencedSecret(String namespace, String name) {
    return referenced.secret(namespace, name);
  }

  @Override
  public Optional<ConfigMap> referencedConfigMap(String namespace, String name) {
    return referenced.configMap(namespace, name);
  }
}
