package dev.clinicnet.operator.kubernetes;

import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.grant.Grant;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Collection;
import java.util.Optional;

/**
 * Kubernetes as reconcilers read and write it. Clinics, services and referenced objects come from
 * caches and must not be changed. The Secrets of site kits are read live before anything is done
 * because of them.
 */
public interface Cluster extends Manifests, Reports {

  /** The sessions under a key of {@link dev.clinicnet.operator.claim.ClaimKeys}. */
  Collection<ClinicSession> sessionsBy(String claimKey);

  /** The grants of a namespace in an ngrok account. */
  Grant grant(String account, String namespace);

  /** Finds what is in the operator's other accounts. */
  default Elsewhere elsewhere(String account) {
    return Elsewhere.NOWHERE;
  }

  /** Whether all manifests are visible, so that a missing one is certainly gone. */
  default boolean isWhole() {
    return true;
  }

  /** A Secret as the API server has it now. */
  Optional<Secret> secret(String namespace, String name);

  /**
   * A Secret that the operator writes for a Clinic, from a cache, and not to be changed. It can be
   * older than {@link #secret}, or missing if it has lost its label. So nothing may be written, or
   * done at ngrok, because of it.
   */
  default Optional<Secret> cachedSecret(String namespace, String name) {
    return secret(namespace, name);
  }

  /** A Secret that manifests may refer to, by its label; from a cache, and not to be changed. */
  Optional<Secret> referencedSecret(String namespace, String name);

  /** A ConfigMap that manifests may refer to, by its label; from a cache, and not to be changed. */
  Optional<ConfigMap> referencedConfigMap(String namespace, String name);

  /**
   * Whether a namespace is certainly being deleted. False if the operator may not ask. It is only
   * asked after Kubernetes has refused a write.
   */
  default boolean isTerminating(String namespace) {
    return false;
  }

  /** The DNSEndpoints; empty if DNS records are not published. */
  default Optional<DNSEndpoints> dnsEndpoints() {
    return Optional.empty();
  }

  /** Creates a Secret. Fails when one of that name exists. */
  Secret createSecret(Secret secret);

  /** Replaces a Secret. Fails when it has changed since it was read. */
  Secret updateSecret(Secret secret);
}
