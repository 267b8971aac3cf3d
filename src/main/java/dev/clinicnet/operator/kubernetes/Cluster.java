package dev.clinicnet.operator.kubernetes;

import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.grant.Grant;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Collection;
import java.util.Optional;

/**
 * What the reconcilers see of Kubernetes and do to it. Clinics, services and what they refer to
 * come from caches and must not be changed; the Secrets of site kits are read live.
 */
public interface Cluster extends Manifests, Reports {

  /** The sessions under a key of {@link dev.clinicnet.operator.claim.ClaimKeys}. */
  Collection<ClinicSession> sessionsBy(String claimKey);

  /** What a namespace may hold at ngrok. */
  Grant grant(String namespace);

  /** Whether all manifests are seen, so that one that is not there is gone. */
  default boolean isWhole() {
    return true;
  }

  /** A Secret as the API server has it now. */
  Optional<Secret> secret(String namespace, String name);

  /** A Secret that manifests may refer to, by its label; from a cache, and not to be changed. */
  Optional<Secret> referencedSecret(String namespace, String name);

  /** A ConfigMap that manifests may refer to, by its label; from a cache, and not to be changed. */
  Optional<ConfigMap> referencedConfigMap(String namespace, String name);

  /**
   * Whether a namespace is known to be on its way out. False where that may not be asked; only what
   * Kubernetes has just refused is a reason to ask.
   */
  default boolean isTerminating(String namespace) {
    return false;
  }

  /** The DNSEndpoints; empty where DNS records are not to be published. */
  default Optional<DNSEndpoints> dnsEndpoints() {
    return Optional.empty();
  }

  /** Creates a Secret; fails when one of that name is there. */
  Secret createSecret(Secret secret);

  /** Replaces a Secret; fails when it has changed since it was read. */
  Secret updateSecret(Secret secret);
}
