package dev.clinicnet.operator.reconcile;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.account.Sight;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.ngrok.Resource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.util.List;

/**
 * The part of the {@link ReconcileLoop} that differs between kinds.
 *
 * @param <P> the kind
 */
public interface Kind<P extends HasMetadata> {
  /** The name of the Clinic that an object belongs to. The objects of one Clinic take turns. */
  String clinic(P object);

  /** How soon a pass over an object must be made. */
  Urgency urgency(P object, Cluster cluster);

  /** The lists of the account that decisions depend on. */
  List<Resource<?, ?, ?>> lists(P object);

  /** The conditions of an object as the last pass wrote them; empty before the first pass. */
  List<Condition> conditions(P object);

  /** The account with the objects of the kind. */
  Account account();

  /** The time of the passes. */
  Clock clock();

  /** Begins a pass. */
  Pass<?> begin(P object, Cluster cluster);

  /** Forgets what is in memory about an object that is gone. */
  void forget(P object);

  /**
   * The conditions to write. What an assessment bases on lists of the account that are missing
   * becomes Unknown.
   */
  default List<Condition> judge(P object, Assessment assessment) {
    List<Condition> before = conditions(object);
    account().withheld().tell(Owner.of(object), assessment);
    Sight sight = account().sight();
    assessment.unseen(sight.unseen(lists(object)), sight.unseenAgents(), before);
    return assessment.conditions(before, object.getMetadata().getGeneration(), clock().instant());
  }
}
