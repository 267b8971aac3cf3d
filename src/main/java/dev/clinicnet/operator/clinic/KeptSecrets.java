package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.kubernetes.MissingRight;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.function.Consumer;

/** Separates the Secrets of a retained Clinic from it, so that they outlive it. */
final class KeptSecrets {
  private KeptSecrets() {}

  /**
   * Separates the Secrets. In a namespace that is being deleted, they are deleted anyway.
   *
   * @param told gets the reason if a Secret cannot be separated, before the refusal is thrown
   */
  static void orphan(Clinic clinic, Cluster cluster, Consumer<Verdict> told) {
    for (String name :
        List.of(ClinicNames.siteKitSecret(clinic), ClinicNames.agentAPISecret(clinic))) {
      try {
        cluster
            .secret(clinic.getMetadata().getNamespace(), name)
            .filter(secret -> SiteKitSecrets.isOwned(clinic, secret))
            .ifPresent(secret -> cluster.updateSecret(SiteKitSecrets.orphaned(secret)));
      } catch (KubernetesClientException e) {
        if (MissingRight.of(e).isPresent()
            && cluster.isTerminating(clinic.getMetadata().getNamespace())) {
          return;
        }
        if (SiteKitNotWritten.isRefusal(e)) {
          told.accept(SiteKitNotWritten.notKept(name, e));
        }
        throw e;
      }
    }
  }
}
