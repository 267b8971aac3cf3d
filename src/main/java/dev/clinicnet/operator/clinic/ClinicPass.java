package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.agent.AgentFacts;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.kubernetes.Holders;
import dev.clinicnet.operator.kubernetes.HomeAccount;
import dev.clinicnet.operator.kubernetes.StatusReport;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.Journal;
import dev.clinicnet.operator.plan.Run;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.reconcile.Deletion;
import dev.clinicnet.operator.reconcile.LastVerdicts;
import dev.clinicnet.operator.reconcile.Pass;
import dev.clinicnet.operator.reconcile.WritePermission;
import dev.clinicnet.operator.reconcile.WriteRefused;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One pass over a Clinic. Unless the manifest is new, it decides on the Secrets of the cache first.
 * That decision counts only if there is nothing to do and nothing new to say. Otherwise the Secrets
 * are read live, and everything is decided again. So an old cache can delay a step, until the event
 * arrives that the cache lacks, but never cause one. A new Clinic that has said that it waits for
 * its first request reads them when it has its turn.
 */
final class ClinicPass implements Pass<ClinicDecision> {
  private final ClinicKind kind;
  private final Clinic clinic;
  private final Cluster cluster;
  private final ClinicJournal journal;
  private AgentRestart.Told told;
  private ClinicObservation unlisted;
  private boolean live;
  private boolean provisional;
  private Optional<Instant> reportsAt = Optional.empty();

  ClinicPass(ClinicKind kind, Clinic clinic, Cluster cluster) {
    this.kind = kind;
    this.clinic = clinic;
    this.cluster = cluster;
    this.journal =
        new ClinicJournal(
            clinic, cluster, kind.keeper(), HomeAccount.recorded(kind.account().name()));
  }

  @Override
  public WritePermission permission() {
    if (Annotations.isQuarantined(clinic)) {
      return WritePermission.forQuarantine(kind.account().guard(), clinic);
    }
    return clinic.isMarkedForDeletion()
        ? WritePermission.forDeletion(kind.account().guard(), clinic)
        : WritePermission.of(kind.account().guard(), clinic.getSpec(), clinic);
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public ClinicDecision decide() {
    if (clinic.getSpec().agent().connectURL() != null) {
      kind.account().want(Resource.AGENT_INGRESSES, Owner.of(clinic));
    }
    if (!live && !isNews()) {
      ClinicDecision cached = onOneState(observe(cluster::cachedSecret), ClinicDecision::decide);
      if (cached.leavesAsIs(clinic)) {
        return cached;
      }
      live = true;
      provisional =
          new WaitingClinic(clinic, kind.clock().instant()).hasSaidSo() && cached.onlyBegins();
      if (provisional) {
        return cached;
      }
    }
    provisional = false;
    ClinicObservation observation = observe();
    ClinicDecision decision = onOneState(observation, ClinicDecision::decide);
    journal.expect(observation, decision);
    return decision;
  }

  @Override
  public boolean isProvisional() {
    return provisional;
  }

  /** Whether the manifest has changed since the last report, so that there is something to say. */
  private boolean isNews() {
    return !clinic
        .getMetadata()
        .getGeneration()
        .equals(ClinicStatus.of(clinic).observedGeneration());
  }

  @Override
  public Settled<ClinicDecision> settle(ClinicDecision decision, Run run) {
    told = AgentRestart.settle(clinic, decision, run);
    return new Settled<>(told.decision(), told.run());
  }

  @Override
  public List<Drift> losses() {
    return ClinicLosses.of(
        clinic, kind.account().inventory(), kind.settings(), new Holders(cluster));
  }

  @Override
  public boolean report(ClinicDecision decision) {
    told.tell(clinic, cluster, kind.trail());
    observed(decision.agents());
    WaitingClinic waiting = new WaitingClinic(clinic, kind.clock().instant());
    Assessment assessment = decision.assessment();
    if (waiting.isNew(assessment)) {
      write(
          waiting.without(decision.status(), assessment),
          assessment,
          judged -> untilItsTurn(waiting, judged));
      return false;
    }
    Owner owner = Owner.of(clinic);
    if (waiting.awaitsItsServices(assessment, decision.services())) {
      Instant until = kind.account().untold().since(owner, waiting.now()).plus(WaitingClinic.TURN);
      if (waiting.now().isBefore(until)) {
        reportsAt = Optional.of(until);
        return false;
      }
    }
    kind.account().untold().told(owner);
    write(
        decision.status(),
        assessment,
        judged -> decision.services().in(judged, ClinicStatus.of(clinic)));
    return false;
  }

  /** The status of a new Clinic that waits: that of before while it says all that is news. */
  private ClinicStatus untilItsTurn(WaitingClinic waiting, ClinicStatus fresh) {
    reportsAt = waiting.awaitsReservation(fresh);
    return reportsAt.isPresent() || waiting.isTold(fresh) ? ClinicStatus.of(clinic) : fresh;
  }

  @Override
  public Optional<Instant> reportsAt() {
    return reportsAt;
  }

  @Override
  public void reportRefusal(WriteRefused refusal) {
    ClinicDecision decision = onOneState(observe(), ClinicDecision::decide);
    decision.assessment().put(ConditionType.Programmed, refusal.verdict());
    write(decision.status(), decision.assessment());
  }

  @Override
  public Deletion decideDeletion() {
    List<Step> bound = journal.kept().bound();
    return onOneState(observe(), ClinicDeletion::decide).before(bound);
  }

  @Override
  public void reportDeletion(Verdict programmed) {
    write(journal.status(), LastVerdicts.with(programmed, clinic, kind.conditions(clinic)));
  }

  @Override
  public Unlisted decideUnlisted() {
    if (!Annotations.isQuarantined(clinic) && !clinic.isMarkedForDeletion()) {
      return Unlisted.NOTHING;
    }
    unlisted = observe();
    List<Step> revoking =
        Annotations.isQuarantined(clinic)
            ? ClinicQuarantine.steps(unlisted)
            : ClinicDeletion.revokeUnseen(unlisted);
    return new Unlisted(revoking, ClinicQuarantine.verdictOn(unlisted), Optional.empty());
  }

  @Override
  public void reportUnlisted(Verdict programmed) {
    boolean quarantined = Annotations.isQuarantined(clinic);
    ClinicStatus status =
        quarantined ? ClinicQuarantine.status(unlisted, journal.status()) : journal.status();
    write(status, LastVerdicts.with(programmed, clinic, kind.conditions(clinic)));
    observed(AgentFacts.unseen(quarantined));
  }

  private <D> D onOneState(ClinicObservation seen, Function<ClinicObservation, D> decide) {
    return kind.account().inventory().consistently(() -> decide.apply(seen));
  }

  private ClinicObservation observe() {
    return observe(cluster::secret);
  }

  private ClinicObservation observe(ClinicObservation.SecretReader secrets) {
    return ClinicObservation.of(
        clinic,
        journal.status(),
        cluster,
        secrets,
        kind.settings(),
        kind.account().inventory(),
        kind.account().rotations(),
        journal.dns(),
        kind.nonces().get(),
        kind.clock().instant());
  }

  private void write(ClinicStatus status, Assessment assessment) {
    write(status, assessment, judged -> judged);
  }

  private void write(
      ClinicStatus status, Assessment assessment, UnaryOperator<ClinicStatus> reported) {
    // This comes before the status, because a repeated record is better than a missing one.
    ClinicQuarantine.record(clinic, status, kind.trail());
    List<Condition> conditions = kind.judge(clinic, assessment);
    ClinicStatus judged =
        status.judged(
            clinic.getMetadata().getGeneration(), conditions, ClinicNames.internalDomain(clinic));
    ClinicStatus news = reported.apply(judged);
    if (!news.equals(ClinicStatus.of(clinic))) {
      new StatusReport(cluster)
          .write(clinic, new Clinic(), news, kind.conditions(clinic), conditions);
    }
  }

  private void observed(AgentFacts facts) {
    boolean unseen = kind.account().sight().unseenAgents().isPresent();
    AgentFacts shown = unseen ? AgentFacts.unseen(facts.quarantined()) : facts;
    kind.agents()
        .observed(clinic.getMetadata().getNamespace(), clinic.getMetadata().getName(), shown);
  }
}
