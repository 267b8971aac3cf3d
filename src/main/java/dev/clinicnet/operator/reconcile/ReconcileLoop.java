package dev.clinicnet.operator.reconcile;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Unseen;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.drift.DriftReport;
import dev.clinicnet.operator.drift.DriftWatch;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.Party;
import dev.clinicnet.operator.ngrok.Turn;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.Run;
import dev.clinicnet.operator.plan.Step;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

/**
 * Makes the account match one manifest: observe, decide, act, report. All kinds with objects at
 * ngrok go through it.
 */
public final class ReconcileLoop<P extends HasMetadata> {
  private final Kind<P> kind;
  private final Account account;
  private final Locks locks;
  private final DriftReport drift;
  private final Clock clock;

  /** A loop for one kind. */
  public ReconcileLoop(Kind<P> kind, Locks locks, DriftReport drift) {
    this.kind = kind;
    this.account = kind.account();
    this.locks = locks;
    this.drift = drift;
    this.clock = kind.clock();
  }

  /** How soon a pass over an object must be made. */
  public Urgency urgency(P object, Cluster cluster) {
    return kind.urgency(object, cluster);
  }

  /** Makes one pass over an object that is not being deleted. */
  public Outcome reconcile(P object, Cluster cluster) {
    Urgency urgency = kind.urgency(object, cluster);
    return inTurn(
        object,
        urgency,
        (giveWay, turn) -> {
          Pass<?> pass = kind.begin(object, cluster);
          return isKnown(object)
              ? converge(object, cluster, pass, urgency, giveWay, turn)
              : awaitLists(object, pass, urgency, turn);
        });
  }

  /** Makes one pass over an object that is being deleted. */
  public Outcome cleanUp(P object, Cluster cluster) {
    if (Annotations.isAbandoned(object)) {
      return gone(object);
    }
    Urgency urgency = kind.urgency(object, cluster);
    return inTurn(
        object,
        urgency,
        (giveWay, turn) -> {
          Pass<?> pass = kind.begin(object, cluster);
          return isKnown(object)
              ? delete(object, pass, urgency, turn)
              : awaitLists(object, pass, urgency, turn);
        });
  }

  private <D extends Decision> Outcome converge(
      P object,
      Cluster cluster,
      Pass<D> pass,
      Urgency urgency,
      BooleanSupplier giveWay,
      Turn turn) {
    WritePermission before = pass.permission();
    DriftWatch watch = drift.watch(pass.journal(), object, cluster, kind.conditions(object));
    Rounds<D> rounds;
    try {
      rounds =
          Rounds.of(
              account,
              turn,
              watch,
              pass,
              Decision::steps,
              steps -> urgency.steps(before.and(pass.permission()).permitted(steps)),
              giveWay);
    } catch (WriteRefused e) {
      pass.reportRefusal(e);
      throw e;
    }
    WritePermission permission = before.and(pass.permission());
    Pass.Settled<D> settled = pass.settle(rounds.decision(), rounds.run());
    D decision = settled.decision();
    Verdict programmed = ProgrammedVerdict.of(decision, permission, settled.run());
    List<Drift> held = permission.left(decision.steps(), decision.left());
    decision
        .assessment()
        .replace(ConditionType.Programmed, watch.settle(programmed, held, pass.losses()));
    boolean freed = pass.report(decision);
    leaveUnless(settled.run().waits(), object);
    // The outcome of a step may be unknown. Then another list is needed.
    isKnown(object);
    return Outcome.waiting(
        Outcome.earliest(
            Outcome.earliest(decision.requeueAt(), pass.reportsAt()),
            settled.run().nextAttempt(clock.instant())),
        rounds.freed() || freed);
  }

  private Outcome delete(P object, Pass<?> pass, Urgency urgency, Turn turn) {
    WritePermission before = pass.permission();
    Rounds<Deletion> rounds;
    try {
      rounds =
          Rounds.of(
              account,
              turn,
              pass.journal(),
              pass::decideDeletion,
              Deletion::steps,
              steps -> urgency.steps(before.and(pass.permission()).permitted(steps)),
              () -> false);
    } catch (WriteRefused e) {
      pass.reportDeletion(e.verdict());
      throw e;
    }
    WritePermission permission = before.and(pass.permission());
    Deletion deletion = rounds.decision();
    if (deletion.remaining().isEmpty() && !permission.forbidsAll()) {
      return gone(object);
    }
    leaveUnless(rounds.run().waits(), object);
    // Unknown outcomes of a deletion are listed again, which requeues the object.
    isKnown(object);
    pass.reportDeletion(ProgrammedVerdict.of(deletion, permission, rounds.run()));
    return Outcome.waiting(rounds.run().nextAttempt(), rounds.freed());
  }

  /** The lists are missing or too old. Only closing steps are carried out, which need no list. */
  private Outcome awaitLists(P object, Pass<?> pass, Urgency urgency, Turn turn) {
    Pass.Unlisted unlisted = pass.decideUnlisted();
    List<Step> closing = urgency.steps(pass.permission().permitted(unlisted.closing()));
    Run run = account.runner().run(turn, closing, pass.journal(), () -> false);
    if (!run.waits()) {
      account.runner().rest(party(object), urgency.lane());
    }
    Optional<NgrokException> refusal = account.refusal(kind.lists(object));
    Optional<Unseen> failure = account.sight().failure(kind.lists(object));
    List<Condition> before = kind.conditions(object);
    boolean waits = object.isMarkedForDeletion() && failure.isPresent();
    boolean lost = refusal.isPresent() || !account.sight().losses().isEmpty();
    if (waits || lost || before.isEmpty() || !closing.isEmpty()) {
      pass.reportUnlisted(
          UnlistedVerdict.of(object, run, refusal, unlisted.quarantine(), failure, before));
    }
    return Outcome.waiting(
        Outcome.earliest(run.nextAttempt(), unlisted.requeueAt()), run.progressed());
  }

  private Outcome gone(P object) {
    Owner owner = Owner.of(object);
    account.runner().leave(party(object));
    account.attempts().forget(owner.toString());
    account.withheld().forget(owner);
    drift.forget(object);
    kind.forget(object);
    return Outcome.deleted();
  }

  /** An object for which no step waits needs no place in the request budget. */
  private void leaveUnless(boolean waits, P object) {
    if (!waits) {
      account.runner().leave(party(object));
    }
  }

  private Party party(P object) {
    return new Party(
        object.getMetadata().getNamespace(),
        kind.clinic(object),
        object.getKind(),
        object.getMetadata().getName());
  }

  private boolean isKnown(P object) {
    return account.isKnown(Owner.of(object), kind.lists(object));
  }

  private Outcome inTurn(
      P object, Urgency urgency, BiFunction<BooleanSupplier, Turn, Outcome> pass) {
    account
        .attempts()
        .retry(Owner.of(object).toString(), Annotations.get(object, Annotations.RETRY));
    return locks.inTurn(
        object.getMetadata().getNamespace(),
        kind.clinic(object),
        urgency,
        clock,
        giveWay -> {
          try (Turn turn = account.runner().turn(party(object))) {
            return pass.apply(giveWay, turn);
          }
        });
  }
}
