package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.account.FailureVerdict;
import dev.clinicnet.operator.account.Locks;
import dev.clinicnet.operator.account.Outcome;
import dev.clinicnet.operator.account.Rounds;
import dev.clinicnet.operator.account.WritePermission;
import dev.clinicnet.operator.agent.AgentObserver;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.audit.AuditTrail;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Journal;
import dev.clinicnet.operator.plan.Run;
import dev.clinicnet.operator.plan.Step;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** Brings one Clinic to what its manifest asks for: observe, decide, act, report. */
public final class ClinicReconciler {
  private final Account account;
  private final Settings settings;
  private final Locks locks;
  private final AgentAPIKeeper keeper;
  private final Supplier<String> nonces;
  private final AgentObserver agents;
  private final AuditTrail trail;
  private final Clock clock;

  /**
   * A reconciler.
   *
   * @param nonces where unused nonces come from
   */
  public ClinicReconciler(
      Account account,
      Settings settings,
      Locks locks,
      AgentAPIKeeper keeper,
      Supplier<String> nonces,
      AgentObserver agents,
      AuditTrail trail,
      Clock clock) {
    this.account = account;
    this.settings = settings;
    this.locks = locks;
    this.keeper = keeper;
    this.nonces = nonces;
    this.agents = agents;
    this.trail = trail;
    this.clock = clock;
  }

  /** One pass over a Clinic that is not being deleted. */
  public Outcome reconcile(Clinic clinic, Cluster cluster) {
    return inTurn(
        clinic,
        Annotations.isQuarantined(clinic),
        giveWay ->
            isKnown(clinic) ? converge(clinic, cluster, giveWay) : awaitInventory(clinic, cluster));
  }

  /** One pass over a Clinic that is being deleted. */
  public Outcome cleanUp(Clinic clinic, Cluster cluster) {
    if (Annotations.isAbandoned(clinic)) {
      return gone(clinic);
    }
    return inTurn(
        clinic,
        true,
        giveWay -> isKnown(clinic) ? delete(clinic, cluster) : awaitInventory(clinic, cluster));
  }

  private boolean isKnown(Clinic clinic) {
    return account.isKnown(owner(clinic), Account.NEEDED);
  }

  private Outcome converge(Clinic clinic, Cluster cluster, BooleanSupplier giveWay) {
    WritePermission permission = permission(clinic);
    if (clinic.getSpec().agent().connectURL() != null) {
      account.want(Resource.AGENT_INGRESSES, owner(clinic));
    }
    ClinicJournal journal = new ClinicJournal(clinic, cluster);
    AgentRestart.Targets targets = new AgentRestart.Targets();
    Rounds<ClinicDecision> rounds;
    try {
      rounds =
          Rounds.of(
              account,
              owner(clinic),
              journal,
              () -> decide(clinic, cluster, permission, journal),
              decision -> permission.permitted(targets.only(decision.steps())),
              giveWay);
    } catch (SiteKitNotWritten e) {
      ClinicDecision decision = ClinicDecision.decide(observe(clinic, journal, cluster));
      decision.assessment().put(ConditionType.Programmed, e.verdict());
      report(clinic, cluster, decision.status(), decision.assessment());
      throw e;
    }
    AgentRestart.Told told = AgentRestart.settle(clinic, rounds.decision(), rounds.run(), targets);
    ClinicDecision decision = told.decision();
    Assessment assessment = decision.assessment();
    assessment.replace(
        ConditionType.Programmed, ProgrammedVerdict.of(decision, permission, told.run()));
    Optional<Instant> again = publishDNS(clinic, cluster, decision, permission);
    told.tell(clinic, cluster, trail);
    report(clinic, cluster, decision.status(), assessment);
    agents.observed(owner(clinic).namespace(), owner(clinic).name(), decision.agents());
    // A step may have left a doubt: then there is more to find out.
    isKnown(clinic);
    return Outcome.waiting(
        Outcome.earliest(
            again, Outcome.earliest(decision.wakeAt(), told.run().nextAttempt(clock.instant()))),
        rounds.freed());
  }

  /** What is not accepted, or must not be changed, stays as it was published; when to try again. */
  private Optional<Instant> publishDNS(
      Clinic clinic, Cluster cluster, ClinicDecision decision, WritePermission permission) {
    if (permission.forbidsAll() || decision.assessment().fails(ConditionType.Accepted)) {
      return Optional.empty();
    }
    Optional<Verdict> failure =
        DNSPublication.publish(clinic, decision.status().dnsRecords(), cluster);
    failure.ifPresent(
        verdict -> decision.assessment().replace(ConditionType.DomainsReady, verdict));
    return failure.map(verdict -> clock.instant().plus(DNSPublication.RETRY));
  }

  /** Decides, and publishes the site kit, which no request has to go before. */
  private ClinicDecision decide(
      Clinic clinic, Cluster cluster, WritePermission permission, ClinicJournal journal) {
    ClinicObservation observation = observe(clinic, journal, cluster);
    ClinicDecision decision = ClinicDecision.decide(observation);
    // A Secret that cannot be written must not keep a site from being cut off.
    boolean cutting = ClinicQuarantine.lasts(observation) && !decision.steps().isEmpty();
    if (!permission.forbidsAll()
        && !cutting
        && !decision.assessment().fails(ConditionType.Accepted)) {
      Optional<Secret> due = keeper.due(observation, decision.agentAPI());
      if (due.isPresent()) {
        // Before the site kit and the endpoint, which are made from it.
        journal.keep(due.get(), observation.agentAPI());
        return decide(clinic, cluster, permission, journal);
      }
    }
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
    if (Annotations.isQuarantined(clinic)) {
      return WritePermission.forQuarantine(account.guard(), clinic);
    }
    return clinic.isMarkedForDeletion()
        ? WritePermission.forDeletion(account.guard(), clinic)
        : WritePermission.of(account.guard(), clinic.getSpec(), clinic);
  }

  private Outcome delete(Clinic clinic, Cluster cluster) {
    WritePermission permission = permission(clinic);
    ClinicJournal journal = new ClinicJournal(clinic, cluster);
    Rounds<ClinicDeletion> rounds =
        Rounds.of(
            account,
            owner(clinic),
            journal,
            () -> ClinicDeletion.decide(observe(clinic, journal, cluster)),
            deletion -> permission.permitted(deletion.steps()),
            () -> false);
    ClinicDeletion deletion = rounds.decision();
    if (deletion.remaining().isEmpty() && !permission.forbidsAll()) {
      if (clinic.getSpec().deletionPolicy() == DeletionPolicy.Retain) {
        orphanSecrets(clinic, cluster);
        DNSPublication.orphan(clinic, cluster);
      }
      return gone(clinic);
    }
    // What a deletion has made doubtful is listed anew, and wakes it.
    isKnown(clinic);
    Verdict verdict = ProgrammedVerdict.of(deletion, permission, rounds.run());
    report(clinic, cluster, lastStatus(clinic), carriedOver(clinic, verdict));
    return Outcome.waiting(rounds.run().nextAttempt(), rounds.freed());
  }

  private Outcome gone(Clinic clinic) {
    account.attempts().forget(owner(clinic).toString());
    agents.forget(owner(clinic).namespace(), owner(clinic).name());
    return Outcome.deleted();
  }

  /** What is known cannot be relied on. What must be revoked is revoked all the same. */
  private Outcome awaitInventory(Clinic clinic, Cluster cluster) {
    ClinicObservation seen = observe(clinic, new ClinicJournal(clinic, cluster), cluster);
    boolean quarantined = Annotations.isQuarantined(clinic);
    List<Step> revoking =
        permission(clinic)
            .permitted(
                quarantined ? ClinicQuarantine.steps(seen) : ClinicDeletion.revokeUnseen(seen));
    Run run = account.runner().run(owner(clinic).toString(), revoking, Journal.NONE);
    Optional<NgrokException> trouble = account.trouble();
    boolean untold = seen.status().conditions().isEmpty();
    if (trouble.isPresent() || untold || !revoking.isEmpty()) {
      Verdict verdict =
          run.failed().stream()
              .findFirst()
              .map(FailureVerdict::of)
              .or(() -> trouble.map(FailureVerdict::of))
              .or(() -> ClinicQuarantine.verdictOn(seen))
              .orElse(Verdict.unknown(Reason.Pending, "The ngrok account is being listed."));
      ClinicStatus status =
          quarantined ? ClinicQuarantine.status(seen, seen.status()) : seen.status();
      report(clinic, cluster, status, carriedOver(clinic, verdict));
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

  private ClinicObservation observe(Clinic clinic, ClinicJournal journal, Cluster cluster) {
    return ClinicObservation.of(
        clinic,
        journal.status(),
        cluster,
        settings,
        account.inventory(),
        nonces.get(),
        clock.instant());
  }

  private void report(Clinic clinic, Cluster cluster, ClinicStatus status, Assessment assessment) {
    // Before the status: a record that stands twice is better than one that is missing.
    QuarantineRecord.write(clinic, status, trail);
    ClinicReport.write(clinic, cluster, status, assessment, clock.instant());
  }

  private void orphanSecrets(Clinic clinic, Cluster cluster) {
    for (String name :
        List.of(ClinicNames.siteKitSecret(clinic), ClinicNames.agentAPISecret(clinic))) {
      try {
        cluster
            .secret(clinic.getMetadata().getNamespace(), name)
            .filter(secret -> SiteKitSecrets.isOwned(clinic, secret))
            .ifPresent(secret -> cluster.updateSecret(SiteKitSecrets.orphaned(secret)));
      } catch (KubernetesClientException e) {
        if (SiteKitNotWritten.isRefusal(e)) {
          Assessment assessment = carriedOver(clinic, SiteKitNotWritten.notKept(name, e));
          report(clinic, cluster, lastStatus(clinic), assessment);
        }
        throw e;
      }
    }
  }

  private Outcome inTurn(Clinic clinic, boolean urgent, Function<BooleanSupplier, Outcome> pass) {
    return locks.inTurn(owner(clinic).namespace(), owner(clinic).name(), urgent, clock, pass);
  }

  private static Owner owner(Clinic clinic) {
    var metadata = clinic.getMetadata();
    return new Owner(ClinicObservation.KIND, metadata.getNamespace(), metadata.getName());
  }
}
