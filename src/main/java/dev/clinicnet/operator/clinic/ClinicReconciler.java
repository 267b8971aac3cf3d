package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.account.FailureVerdict;
import dev.clinicnet.operator.account.Locks;
import dev.clinicnet.operator.account.Outcome;
import dev.clinicnet.operator.account.Rounds;
import dev.clinicnet.operator.account.WritePermission;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.kubernetes.StatusReport;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Journal;
import dev.clinicnet.operator.plan.Run;
import dev.clinicnet.operator.plan.Step;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Brings one Clinic to what its manifest asks for: observe, decide, act, report. */
public final class ClinicReconciler {
  private final Account account;
  private final Settings settings;
  private final Locks locks;
  private final Supplier<String> nonces;
  private final Clock clock;

  /**
   * A reconciler.
   *
   * @param nonces where unused nonces come from
   */
  public ClinicReconciler(
      Account account, Settings settings, Locks locks, Supplier<String> nonces, Clock clock) {
    this.account = account;
    this.settings = settings;
    this.locks = locks;
    this.nonces = nonces;
    this.clock = clock;
  }

  /** One pass over a Clinic that is not being deleted. */
  public Outcome reconcile(Clinic clinic, Cluster cluster) {
    ReentrantLock lock = lock(clinic);
    lock.lock();
    try {
      return isKnown(clinic) ? converge(clinic, cluster) : awaitInventory(clinic, cluster);
    } finally {
      lock.unlock();
    }
  }

  /** One pass over a Clinic that is being deleted. */
  public Outcome cleanUp(Clinic clinic, Cluster cluster) {
    ReentrantLock lock = lock(clinic);
    lock.lock();
    try {
      if (Annotations.isAbandoned(clinic)) {
        account.attempts().forget(owner(clinic).toString());
        return Outcome.deleted();
      }
      return isKnown(clinic) ? delete(clinic, cluster) : awaitInventory(clinic, cluster);
    } finally {
      lock.unlock();
    }
  }

  private boolean isKnown(Clinic clinic) {
    return account.isKnown(owner(clinic), Account.NEEDED);
  }

  private Outcome converge(Clinic clinic, Cluster cluster) {
    WritePermission permission = permission(clinic);
    if (clinic.getSpec().agent().connectURL() != null) {
      account.want(Resource.AGENT_INGRESSES, owner(clinic));
    }
    ClinicJournal journal = new ClinicJournal(clinic, cluster);
    Rounds<ClinicDecision> rounds;
    try {
      rounds =
          Rounds.of(
              account,
              owner(clinic),
              journal,
              () -> decide(clinic, cluster, permission, journal),
              decision -> permission.permitted(decision.steps()));
    } catch (SiteKitNotWritten e) {
      ClinicDecision decision = ClinicDecision.decide(observe(clinic, cluster));
      decision.assessment().put(ConditionType.Programmed, e.verdict());
      report(clinic, cluster, decision.status(), decision.assessment());
      throw e;
    }
    ClinicDecision decision = rounds.decision();
    Assessment assessment = decision.assessment();
    assessment.replace(ConditionType.Programmed, programmed(decision, permission, rounds.run()));
    report(clinic, cluster, decision.status(), assessment);
    // A step may have left a doubt: then there is more to find out.
    isKnown(clinic);
    return Outcome.waiting(
        Outcome.earliest(decision.wakeAt(), rounds.run().nextAttempt()), rounds.freed());
  }

  /** Decides, and publishes the site kit, which no request has to go before. */
  private ClinicDecision decide(
      Clinic clinic, Cluster cluster, WritePermission permission, ClinicJournal journal) {
    ClinicObservation observation = observe(clinic, cluster);
    ClinicDecision decision = ClinicDecision.decide(observation);
    decision
        .siteKit()
        .ifPresent(
            kit -> {
              if (!permission.forbidsAll() && decision.published()) {
                journal.publish(observation.secret(), kit);
              }
              journal.expect(observation.secret(), kit);
            });
    return decision;
  }

  private WritePermission permission(Clinic clinic) {
    return clinic.isMarkedForDeletion()
        ? WritePermission.forDeletion(account.guard(), clinic)
        : WritePermission.of(account.guard(), clinic.getSpec(), clinic);
  }

  private Verdict programmed(ClinicDecision decision, WritePermission permission, Run run) {
    Optional<Verdict> withheld = permission.withheld(decision.steps());
    if (withheld.isPresent()) {
      return withheld.get();
    }
    if (decision.assessment().fails(ConditionType.Accepted)) {
      return Verdict.no(
          decision.assessment().get(ConditionType.Accepted).orElseThrow().reason(),
          "Nothing is changed at ngrok while the manifest is not accepted.");
    }
    if (decision.steps().isEmpty() && run.failed().isEmpty()) {
      return decision
          .assessment()
          .get(ConditionType.Programmed)
          .orElse(Verdict.yes(Reason.Programmed, "ngrok holds what the manifest asks for."));
    }
    return run.failed().stream()
        .findFirst()
        .map(FailureVerdict::of)
        .orElse(Verdict.no(Reason.Pending, "In progress."));
  }

  private Outcome delete(Clinic clinic, Cluster cluster) {
    WritePermission permission = permission(clinic);
    Rounds<ClinicDeletion> rounds =
        Rounds.of(
            account,
            owner(clinic),
            new ClinicJournal(clinic, cluster),
            () -> ClinicDeletion.decide(observe(clinic, cluster)),
            deletion -> permission.permitted(deletion.steps()));
    ClinicDeletion deletion = rounds.decision();
    if (deletion.remaining().isEmpty() && !permission.forbidsAll()) {
      if (clinic.getSpec().deletionPolicy() == DeletionPolicy.Retain) {
        orphanSecret(clinic, cluster);
      }
      account.attempts().forget(owner(clinic).toString());
      return Outcome.deleted();
    }
    // What a deletion has made doubtful is listed anew, and wakes it.
    isKnown(clinic);
    Verdict verdict = waitingFor(deletion, permission, rounds.run());
    report(clinic, cluster, lastStatus(clinic), carriedOver(clinic, verdict));
    return Outcome.waiting(rounds.run().nextAttempt(), rounds.freed());
  }

  private static Verdict waitingFor(ClinicDeletion deletion, WritePermission guarded, Run run) {
    Optional<Verdict> withheld = guarded.withheld(deletion.steps());
    if (withheld.isPresent()) {
      return withheld.get();
    }
    String remaining = String.join(", ", deletion.remaining());
    return run.failed().stream()
        .findFirst()
        .map(failure -> FailureVerdict.of(failure.attempt().failure()))
        .map(v -> Verdict.no(v.reason(), v.message() + " Still there: " + remaining + "."))
        .orElseGet(
            () ->
                Verdict.no(
                    remaining.startsWith("endpoint ")
                        ? Reason.WaitingForEndpoints
                        : Reason.Deleting,
                    "Still there: " + remaining + "."));
  }

  /** What is known cannot be relied on. What must be revoked is revoked all the same. */
  private Outcome awaitInventory(Clinic clinic, Cluster cluster) {
    ClinicObservation seen = observe(clinic, cluster);
    List<Step> revoking = permission(clinic).permitted(ClinicDeletion.revokeUnseen(seen));
    Run run = account.runner().run(owner(clinic).toString(), revoking, Journal.NONE);
    Optional<NgrokException> trouble = account.trouble();
    boolean untold = seen.status().conditions().isEmpty();
    if (trouble.isPresent() || untold || !revoking.isEmpty()) {
      Verdict verdict =
          run.failed().stream()
              .findFirst()
              .map(FailureVerdict::of)
              .or(() -> trouble.map(FailureVerdict::of))
              .orElse(Verdict.unknown(Reason.Pending, "The ngrok account is being listed."));
      report(clinic, cluster, seen.status(), carriedOver(clinic, verdict));
    }
    return Outcome.waiting(run.nextAttempt(), false);
  }

  /** The verdicts of the last pass, but for Programmed. */
  private static Assessment carriedOver(Clinic clinic, Verdict programmed) {
    return Assessment.carriedOver(lastStatus(clinic).conditions(), ConditionType.Programmed)
        .put(ConditionType.Programmed, programmed);
  }

  private static ClinicStatus lastStatus(Clinic clinic) {
    return clinic.getStatus() == null ? ClinicStatus.EMPTY : clinic.getStatus();
  }

  private ClinicObservation observe(Clinic clinic, Cluster cluster) {
    return ClinicObservation.of(
        clinic, cluster, settings, account.inventory(), nonces.get(), clock.instant());
  }

  private void report(Clinic clinic, Cluster cluster, ClinicStatus status, Assessment assessment) {
    ClinicStatus before = lastStatus(clinic);
    List<Condition> conditions =
        assessment.conditions(
            before.conditions(), clinic.getMetadata().getGeneration(), clock.instant());
    Clinic fresh = new Clinic();
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(clinic.getMetadata().getNamespace())
            .withName(clinic.getMetadata().getName())
            .withUid(clinic.getMetadata().getUid())
            .build());
    fresh.setStatus(withConditions(status, clinic.getMetadata().getGeneration(), conditions));
    new StatusReport(cluster)
        .write(
            clinic,
            fresh,
            fresh.getStatus().equals(clinic.getStatus()),
            before.conditions(),
            conditions);
  }

  private static ClinicStatus withConditions(
      ClinicStatus status, long generation, List<Condition> conditions) {
    return new ClinicStatus(
        generation,
        conditions,
        status.domains(),
        status.serviceUser(),
        status.authtoken(),
        status.siteKit(),
        status.agents(),
        status.services(),
        status.dnsRecords(),
        status.agentAPI(),
        status.quarantinedSince(),
        status.agentsRestarted());
  }

  private void orphanSecret(Clinic clinic, Cluster cluster) {
    cluster
        .secret(clinic.getMetadata().getNamespace(), ClinicNames.siteKitSecret(clinic))
        .filter(secret -> SiteKitSecrets.isOwned(clinic, secret))
        .ifPresent(secret -> cluster.updateSecret(SiteKitSecrets.orphaned(secret)));
  }

  private ReentrantLock lock(Clinic clinic) {
    return locks.of(clinic.getMetadata().getNamespace(), clinic.getMetadata().getName());
  }

  private static Owner owner(Clinic clinic) {
    return new Owner(
        ClinicObservation.KIND,
        clinic.getMetadata().getNamespace(),
        clinic.getMetadata().getName());
  }
}
