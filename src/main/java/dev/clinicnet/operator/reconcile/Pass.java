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
 * One pass of the {@link ReconcileLoop} over one object, which keeps what it has written.
 *
 * @param <D> the type of the kind's decisions
 */
public interface Pass<D extends Decision> extends Decider<D> {
  /** The permission for steps, as the account was judged last. */
  WritePermission permission();

  /** The journal of steps. */
  Journal journal();

  /** The decision and the run for the report. */
  default Settled<D> settle(D decision, Run run) {
    return new Settled<>(decision, run);
  }

  /** The objects of the manifest that somebody gave to another owner at ngrok. */
  List<Drift> losses();

  /**
   * Reports a decision whose assessment is complete.
   *
   * @return whether a name is free now that another object may wait for
   */
  boolean report(D decision);

  /**
   * The time at which the pass must be made again, because its report can wait that long. Empty if
   * everything was reported.
   */
  default Optional<Instant> reportsAt() {
    return Optional.empty();
  }

  /** Reports what a deletion waits for, together with the last verdicts. */
  void reportDeletion(Verdict programmed);

  /** Reports that the account cannot be listed, together with the last verdicts. */
  void reportUnlisted(Verdict programmed);

  /** Reports that Kubernetes refuses a required write. */
  void reportRefusal(WriteRefused refusal);

  /** Observes, and decides on the steps before the object may go. */
  Deletion decideDeletion();

  /** Observes what is known without the lists, and decides on the closing steps. */
  Unlisted decideUnlisted();

  /**
   * A decision and its run.
   *
   * @param decision the reported decision
   * @param run how its steps went
   */
  record Settled<D>(D decision, Run run) {}

  /**
   * The steps that are possible while the account cannot be listed.
   *
   * @param closing the steps that take access away
   * @param quarantine the verdict on a site that is cut off; empty for others
   * @param requeueAt the time of the next closing step; empty when there is none
   */
  record Unlisted(List<Step> closing, Optional<Verdict> quarantine, Optional<Instant> requeueAt) {
    /** Nothing is possible before the lists are there. */
    public static final Unlisted NOTHING =
        new Unlisted(List.of(), Optional.empty(), Optional.empty());
  }
}
