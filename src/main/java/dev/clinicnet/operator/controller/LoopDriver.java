package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.account.Orphans;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.reconcile.Outcome;
import dev.clinicnet.operator.reconcile.ReconcileLoop;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/**
 * Sends the objects of a kind through the {@link ReconcileLoop}. A pass that releases a name
 * requeues the objects that wait for it. While an object is being deleted, {@link Orphans} knows
 * that its objects at ngrok are deleted with it.
 */
record LoopDriver<P extends HasMetadata>(
    ReconcileLoop<P> loop, Requeues requeues, Orphans orphans) {

  /**
   * Makes one pass over an object that is not being deleted.
   *
   * @param observed the generation that its status is about; null when it has none
   */
  Outcome pass(P object, Cluster cluster, Long observed) {
    orphans.left(Owner.of(object));
    Outcome outcome = loop.reconcile(object, cluster);
    requeues.handedOver(object);
    boolean isChanged = observed != null && !observed.equals(object.getMetadata().getGeneration());
    // A changed manifest may have released a name.
    if (outcome.freed() || isChanged) {
      requeues.refused();
    }
    return outcome;
  }

  /**
   * Makes one pass over an object that is being deleted.
   *
   * @param deletes whether its objects at ngrok are deleted with it
   * @param serviceUser the id of its service user; empty when it has none
   */
  Outcome deletion(P object, Cluster cluster, boolean deletes, Optional<String> serviceUser) {
    Owner owner = Owner.of(object);
    if (deletes && !Annotations.isAbandoned(object)) {
      orphans.leaves(owner, serviceUser);
    } else {
      orphans.left(owner);
    }
    Outcome outcome = loop.cleanUp(object, cluster);
    if (outcome.freed()) {
      requeues.refused();
    }
    if (outcome.finished()) {
      orphans.left(owner);
    }
    return outcome;
  }
}
