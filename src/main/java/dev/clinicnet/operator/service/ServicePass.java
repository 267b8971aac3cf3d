package dev.clinicnet.operator.service;

import dev.clinicnet.operator.account.AccountGuard;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One pass over a ClinicService. */
final class ServicePass implements Pass<ServiceDecision> {
  private final ServiceKind kind;
  private final ClinicService service;
  private final Cluster cluster;
  private final ServiceJournal journal;
  private ServiceObservation seen;
  private boolean waitsBriefly;

  ServicePass(ServiceKind kind, ClinicService service, Cluster cluster) {
    this.kind = kind;
    this.service = service;
    this.cluster = cluster;
    this.journal =
        new ServiceJournal(
            ClinicServiceStatus.of(service),
            account(),
            status ->
                cluster.applyStatus(StatusReport.withStatus(service, new ClinicService(), status)));
  }

  private String account() {
    return HomeAccount.recorded(kind.account().name());
  }

  /** Nothing is held back for a service whose Clinic is being deleted or cut off. */
  @Override
  public WritePermission permission() {
    AccountGuard guard = kind.account().guard();
    Optional<Clinic> clinic = ServiceObservation.clinic(service, cluster);
    if (clinic.filter(Annotations::isQuarantined).isPresent()) {
      return WritePermission.forQuarantine(guard, service);
    }
    return clinic
        .filter(its -> !its.isMarkedForDeletion() && !service.isMarkedForDeletion())
        .map(its -> WritePermission.of(guard, its.getSpec(), service))
        .orElse(WritePermission.forDeletion(guard, service));
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public ServiceDecision decide() {
    seen = observe();
    ServiceDecision decision =
        kind.account().inventory().consistently(() -> ServiceDecision.decide(seen));
    return WaveTurn.of(kind.account().waves(), seen, decision, !permission().forbidsAll());
  }

  /**
   * A service that waits to have an address reserved writes down the intent together with its wait.
   * So the reservation later needs no write before it.
   */
  @Override
  public Settled<ServiceDecision> settle(ServiceDecision decision, Run run) {
    waitsBriefly = run.waitsBriefly();
    return new Settled<>(
        run.failed().stream()
            .filter(Run.StepFailure::waits)
            .flatMap(failure -> ServiceJournal.intent(failure.step()).stream())
            .findFirst()
            .filter(intent -> decision.status().address() == null)
            .map(intent -> decision.withStatus(decision.status().withAddress(intent)))
            .orElse(decision),
        run);
  }

  @Override
  public List<Drift> losses() {
    return ServiceLosses.of(
        service, kind.account().inventory(), kind.settings(), new Holders(cluster));
  }

  @Override
  public boolean report(ServiceDecision decision) {
    InternalLockDecision.explain(decision.assessment());
    WaveTurn.report(kind.account().waves(), seen, decision.assessment());
    ClinicServiceStatus status = decision.status();
    // It may have found something there without a request.
    write(
        HomeAccount.hasSomething(status) ? status.inAccount(account()) : status,
        decision.assessment(),
        canWait(decision));
    if (InternalLockDecision.awaitsList(status.internalLock(), seen.status().internalLock())) {
      kind.account().inventory().doubt(Resource.ENDPOINTS, seen.owner().toString());
    }
    Owner owner = Owner.of(service);
    if (decision.expiry().isPresent()) {
      kind.certificates().expires(owner.namespace(), owner.name(), decision.expiry().get());
    } else if (!decision.assessment().fails(ConditionType.ResolvedRefs)) {
      // A certificate that cannot be read, perhaps because it has expired, still needs an alert.
      kind.certificates().forget(owner.namespace(), owner.name());
    }
    return hasLeft(decision.status());
  }

  /**
   * Whether the status can wait for the next pass: it would only say that the service has its turn
   * in a moment, or that its Clinic, which is as new, was not looked at yet. Each status is a write
   * that all watchers read.
   */
  private boolean canWait(ServiceDecision decision) {
    return (waitsBriefly && decision.assessment().ready().reason() == Reason.WaitingForBudget)
        || (kind.conditions(service).isEmpty()
            && ServiceAcceptance.awaitsFirstVerdict(seen).isPresent());
  }

  /** Whether another service may have its internal URL now. */
  private boolean hasLeft(ClinicServiceStatus now) {
    String before = ClinicServiceStatus.of(service).internalURL();
    return before != null && !before.equals(now.internalURL());
  }

  @Override
  public void reportRefusal(WriteRefused refusal) {
    reportDeletion(refusal.verdict());
  }

  @Override
  public Deletion decideDeletion() {
    return onOneState(ServiceDeletion::decide);
  }

  @Override
  public void reportDeletion(Verdict programmed) {
    write(journal.status(), LastVerdicts.with(programmed, service, kind.conditions(service)));
  }

  @Override
  public Unlisted decideUnlisted() {
    ServiceObservation seen = observe();
    List<Step> closing = new ArrayList<>(EndpointDecision.closeUnseen(seen));
    closing.addAll(AgentEndpointDecision.closeUnseen(seen));
    return new Unlisted(closing, ServiceQuarantine.verdictOn(seen), seen.window().next());
  }

  @Override
  public void reportUnlisted(Verdict programmed) {
    write(
        LastStatus.unseen(observe()),
        LastVerdicts.with(programmed, service, kind.conditions(service)));
  }

  private <D> D onOneState(Function<ServiceObservation, D> decide) {
    ServiceObservation seen = observe();
    return kind.account().inventory().consistently(() -> decide.apply(seen));
  }

  private ServiceObservation observe() {
    return ServiceObservation.of(
        service,
        journal.status(),
        cluster,
        kind.settings(),
        kind.account().inventory(),
        kind.account().sight().begunAt(Resource.ENDPOINTS),
        kind.nonces().get(),
        kind.clock());
  }

  private void write(ClinicServiceStatus status, Assessment assessment) {
    write(status, assessment, false);
  }

  private void write(ClinicServiceStatus status, Assessment assessment, boolean canWait) {
    List<Condition> conditions = kind.judge(service, assessment);
    ClinicServiceStatus judged = status.judged(service.getMetadata().getGeneration(), conditions);
    if (!canWait && !journal.isWritten(judged)) {
      new StatusReport(cluster)
          .write(service, new ClinicService(), judged, kind.conditions(service), conditions);
    }
  }
}
