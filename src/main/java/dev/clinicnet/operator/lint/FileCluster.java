package dev.clinicnet.operator.lint;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.kubernetes.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cluster that holds what the files hold, and nothing else. It cannot be written to.
 *
 * @param clinics by namespace and name
 * @param claiming the same Clinics as other objects see them
 * @param secrets without their data, by namespace and name
 */
record FileCluster(
    Map<String, Clinic> clinics,
    Collection<Clinic> claiming,
    Collection<ClinicService> services,
    Map<String, Secret> secrets)
    implements Cluster {

  @Override
  public Optional<Clinic> clinic(String namespace, String name) {
    return Optional.ofNullable(clinics.get(namespace + "/" + name));
  }

  @Override
  public Collection<Clinic> clinicsBy(String claimKey) {
    return claiming.stream().filter(c -> ClaimKeys.of(c).contains(claimKey)).toList();
  }

  @Override
  public Collection<ClinicService> servicesBy(String claimKey) {
    return services.stream().filter(s -> ClaimKeys.of(s).contains(claimKey)).toList();
  }

  @Override
  public Optional<Secret> secret(String namespace, String name) {
    return Optional.ofNullable(secrets.get(namespace + "/" + name));
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

  @Override
  public String toString() {
    return "FileCluster" + List.of(clinics.size(), services.size(), secrets.size());
  }
}
