package dev.clinicnet.operator.reconcile;

import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.ngrok.Resource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/**
 * What one kind of object adds to the {@link ReconcileLoop}.
 *
 * @param <P> the kind
 */
public interface Kind<P extends HasMetadata> {
  /** The name of the Clinic that it belongs to: the objects of one Clinic take turns. */
  String clinic(P object);

  /** Whether a pass takes access away, and so goes before the other passes of its Clinic. */
  boolean isUrgent(P object, Cluster cluster);

  /** The lists of the account that decisions rest on. */
  List<Resource<?, ?, ?>> lists(P object);

  /** Its conditions as the last pass wrote them; empty before the first one. */
  List<Condition> conditions(P object);

  /** Begins a pass. */
  Pass<?> begin(P object, Cluster cluster);

  /** Forgets what was kept in memory of an object that is gone. */
  void forget(P object);
}
