package dev.clinicnet.operator.kubernetes;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Collection;
import java.util.Optional;

/**
 * What the reconcilers see of Kubernetes and do to it. Clinics, services and what they refer to
 * come from caches and must not be changed; the Secrets of site kits are read live.
 */
public interface Cluster extends Reports {

  /** A Clinic, terminating ones included. */
  Optional<Clinic> clinic(String namespace, String name);

  /** The Clinics under a key of {@link dev.clinicnet.operator.claim.ClaimKeys}. */
  Collection<Clinic> clinicsBy(String claimKey);

  /** The services under a key of {@link dev.clinicnet.operator.claim.ClaimKeys}. */
  Collection<ClinicService> servicesBy(String claimKey);

  /** The sessions under a key of {@link dev.clinicnet.operator.claim.ClaimKeys}. */
  Collection<ClinicSession> sessionsBy(String claimKey);

  /** A Secret as the API server has it now. */
  Optional<Secret> secret(String namespace, String name);

  /** A Secret that manifests may refer to, by its label; from a cache, and not to be changed. */
  Optional<Secret> referencedSecret(String namespace, String name);

  /** A ConfigMap that manifests may refer to, by its label; from a cache, and not to be changed. */
  Optional<ConfigMap> referencedConfigMap(String namespace, String name);

  /** The DNSEndpoints; empty where DNS records are not to be published. */
  default Optional<DNSEndpoints> dnsEndpoints() {
    return Optional.empty();
  }

  /** Creates a Secret; fails when one of that name is there. */
  Secret createSecret(Secret secret);

  /** Replaces a Secret; fails when it has changed since it was read. */
  Secret updateSecret(Secret secret);
}
