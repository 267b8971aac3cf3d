package dev.clinicnet.operator.reconcile;

import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.Journal;
import dev.clinicnet.operator.plan.Run;
import dev.clinicnet.operator.plan.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One pass of the {@link ReconcileLoop} over one object, which remembers what it wrote down.
 *
 * @param <D> what the kind decides
 */
public interface Pass<D extends Decision> {
  /** Which steps may be carried out. */
  WritePermission permission();

  /** Where steps leave their trace. */
  Journal journal();

  /** Observes, and decides what is to be done. */
  D decide();

  /** The steps of a decision that belong to this pass. */
  default List<Step> due(D decision) {
    return decision.steps();
  }

  /** The decision and the run as they are to be told. */
  default Settled<D> settle(D decision, Run run) {
    return new Settled<>(decision, run);
  }

  /** What the object had, and what somebody gave to another owner at ngrok. */
  List<Drift> losses();

  /**
   * Reports a decision whose assessment is complete.
   *
   * @return whether a name is free now that another object may wait for
   */
  boolean report(D decision);

  /** Reports what a deletion waits for, beside what the last pass said. */
  void reportDeletion(Verdict programmed);

  /** Reports that the account cannot be listed, beside what the last pass said. */
  void reportUnlisted(Verdict programmed);

  /** Reports that Kubernetes refuses a write without which nothing can be done. */
  void reportRefusal(WriteRefused refusal);

  /** Observes, and decides what is to be done before the object may go. */
  Deletion decideDeletion();

  /** Parts the object from what outlives it in Kubernetes. */
  void release();

  /** Observes what can be seen without the lists, and decides what must be closed anyway. */
  Unlisted decideUnlisted();

  /**
   * A decision, and the run that goes with it.
   *
   * @param decision what is told
   * @param run how its steps went
   */
  record Settled<D>(D decision, Run run) {}

  /**
   * What can be done while the account cannot be listed.
   *
   * @param closing what takes access away
   * @param quarantine what is said of a site that is cut off; empty for others
   * @param requeueAt when something else must close; empty when nothing must
   */
  record Unlisted(List<Step> closing, Optional<Verdict> quarantine, Optional<Instant> requeueAt) {}
}
