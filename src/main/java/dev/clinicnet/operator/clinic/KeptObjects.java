package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.kubernetes.MissingRight;
import dev.clinicnet.operator.plan.Step;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The objects in Kubernetes that outlive a retained Clinic. They must not belong to it any more
 * when it goes, because Kubernetes deletes what belongs to a deleted object.
 */
final class KeptObjects {
  private final Clinic clinic;
  private final Cluster cluster;
  private final Set<Step> settled = new HashSet<>();

  KeptObjects(Clinic clinic, Cluster cluster) {
    this.clinic = clinic;
    this.cluster = cluster;
  }

  /** The writes that separate what still belongs to the Clinic; none if it is not retained. */
  List<Step> bound() {
    List<Step> bound = new ArrayList<>();
    if (clinic.getSpec().deletionPolicy() == DeletionPolicy.Retain) {
      for (String name :
          List.of(ClinicNames.siteKitSecret(clinic), ClinicNames.agentAPISecret(clinic))) {
        if (mayBeBound(name)) {
          bound.add(new Step.Write(Publications.SECRET, name));
        }
      }
      if (DNSPublication.of(clinic, cluster).isBound(clinic)) {
        bound.add(new Step.Write(Publications.DNS_ENDPOINT, clinic.getMetadata().getName()));
      }
      bound.removeAll(settled);
    }
    return bound;
  }

  /**
   * Carries out one of these writes. In a namespace that is being deleted, the object is deleted
   * anyway, so a missing right is no failure there.
   *
   * @return whether the object was written
   */
  boolean separate(Step.Write step) {
    boolean written = true;
    try {
      if (step.kind().equals(Publications.DNS_ENDPOINT)) {
        DNSPublication.of(clinic, cluster).orphan(clinic, cluster);
      } else {
        cluster
            .secret(namespace(), step.name())
            .filter(secret -> SiteKitSecrets.isOwned(clinic, secret))
            .ifPresent(secret -> cluster.updateSecret(SiteKitSecrets.orphaned(secret)));
      }
    } catch (KubernetesClientException e) {
      if (MissingRight.of(e).isEmpty() || !cluster.isTerminating(namespace())) {
        throw step.kind().equals(Publications.SECRET) && SiteKitNotWritten.isRefusal(e)
            ? SiteKitNotWritten.notKept(step.name(), e)
            : e;
      }
      written = false;
    }
    settled.add(step);
    return written;
  }

  /** A Secret that may not be read may belong to the Clinic. */
  private boolean mayBeBound(String name) {
    try {
      return cluster
          .secret(namespace(), name)
          .filter(secret -> SiteKitSecrets.isOwned(clinic, secret))
          .isPresent();
    } catch (KubernetesClientException e) {
      if (MissingRight.of(e).isPresent()) {
        return true;
      }
      throw e;
    }
  }

  private String namespace() {
    return clinic.getMetadata().getNamespace();
  }
}
