package dev.clinicnet.operator.service;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.account.FailureVerdict;
import dev.clinicnet.operator.account.Locks;
import dev.clinicnet.operator.account.Outcome;
import dev.clinicnet.operator.account.Rounds;
import dev.clinicnet.operator.account.WritePermission;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.certificate.ExpiryObserver;
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
import dev.clinicnet.operator.plan.Run;
import dev.clinicnet.operator.plan.Step;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** Brings one ClinicService to what its manifest asks for: observe, decide, act, report. */
public final class ServiceReconciler {
  private final Account account;
  private final Settings settings;
  private final Locks locks;
  private final Supplier<String> nonces;
  private final ExpiryObserver certificates;
  private final Clock clock;

  /**
   * A reconciler.
   *
   * @param nonces where unused nonces come from
   */
  public ServiceReconciler(
      Account account,
      Settings settings,
      Locks locks,
      Supplier<String> nonces,
      ExpiryObserver certificates,
      Clock clock) {
    this.account = account;
    this.settings = settings;
    this.locks = locks;
    this.nonces = nonces;
    this.certificates = certificates;
    this.clock = clock;
  }

  /** One pass over a service that is not being deleted. */
  public Outcome reconcile(ClinicService service, Cluster cluster) {
    return inTurn(
        service,
        UrgentPass.isUrgent(service, cluster, clock.instant()),
        giveWay ->
            isKnown(service)
                ? converge(service, cluster, giveWay)
                : awaitInventory(service, cluster));
  }

  /** One pass over a service that is being deleted. */
  public Outcome cleanUp(ClinicService service, Cluster cluster) {
    if (Annotations.isAbandoned(service)) {
      return gone(service);
    }
    return inTurn(
        service,
        true,
        giveWay -> isKnown(service) ? delete(service, cluster) : awaitInventory(service, cluster));
  }

  private boolean isKnown(ClinicService service) {
    return account.isKnown(owner(service), NeededLists.of(service));
  }

  private Outcome converge(ClinicService service, Cluster cluster, BooleanSupplier giveWay) {
    ServiceJournal journal =
        new ServiceJournal(
            lastStatus(service), status -> cluster.applyStatus(fresh(service, status)));
    WritePermission permission = permission(service, cluster);
    Rounds<ServiceDecision> rounds =
        Rounds.of(
            account,
            owner(service),
            journal,
            () -> ServiceDecision.decide(observe(service, journal.status(), cluster)),
            decision -> permission.permitted(decision.steps()),
            giveWay);
    ServiceDecision decision = rounds.decision();
    Assessment assessment = decision.assessment();
    assessment.replace(
        ConditionType.Programmed, ProgrammedVerdict.of(decision, permission, rounds.run()));
    report(service, cluster, decision.status(), assessment);
    decision
        .expiry()
        .ifPresentOrElse(
            expiry ->
                certificates.expires(owner(service).namespace(), owner(service).name(), expiry),
            () -> forgetCertificates(service, assessment));
    // A step may have left a doubt: then there is more to find out.
    isKnown(service);
    return Outcome.waiting(
        Outcome.earliest(decision.wakeAt(), rounds.run().nextAttempt(clock.instant())),
        rounds.freed());
  }

  /** One that cannot be looked at, because it has expired perhaps, is still worth an alert. */
  private void forgetCertificates(ClinicService service, Assessment assessment) {
    if (!assessment.fails(ConditionType.ResolvedRefs)) {
      certificates.forget(owner(service).namespace(), owner(service).name());
    }
  }

  /** Nothing is held back from a service whose Clinic is going, or cut off. */
  private WritePermission permission(ClinicService service, Cluster cluster) {
    Optional<Clinic> clinic = ServiceObservation.clinic(service, cluster);
    if (clinic.filter(Annotations::isQuarantined).isPresent()) {
      return WritePermission.forQuarantine(account.guard(), service);
    }
    return clinic
        .filter(its -> !its.isMarkedForDeletion() && !service.isMarkedForDeletion())
        .map(its -> WritePermission.of(account.guard(), its.getSpec(), service))
        .orElse(WritePermission.forDeletion(account.guard(), service));
  }

  private Outcome delete(ClinicService service, Cluster cluster) {
    ServiceJournal journal = new ServiceJournal(lastStatus(service), status -> {});
    WritePermission permission = permission(service, cluster);
    Rounds<ServiceDeletion> rounds =
        Rounds.of(
            account,
            owner(service),
            journal,
            () -> ServiceDeletion.decide(observe(service, journal.status(), cluster)),
            deletion -> permission.permitted(deletion.steps()),
            () -> false);
    ServiceDeletion deletion = rounds.decision();
    if (deletion.remaining().isEmpty() && !permission.forbidsAll()) {
      return gone(service);
    }
    Verdict verdict = ProgrammedVerdict.of(deletion, permission, rounds.run());
    isKnown(service);
    report(service, cluster, lastStatus(service), carriedOver(service, verdict));
    return Outcome.waiting(rounds.run().nextAttempt(), rounds.freed());
  }

  private Outcome gone(ClinicService service) {
    account.attempts().forget(owner(service).toString());
    certificates.forget(owner(service).namespace(), owner(service).name());
    return Outcome.deleted();
  }

  /** What is known cannot be relied on. What must close is closed all the same. */
  private Outcome awaitInventory(ClinicService service, Cluster cluster) {
    ServiceJournal journal = new ServiceJournal(lastStatus(service), status -> {});
    ServiceObservation seen = observe(service, journal.status(), cluster);
    List<Step> unseen = new ArrayList<>(EndpointDecision.closeUnseen(seen));
    unseen.addAll(AgentEndpointDecision.closeUnseen(seen));
    List<Step> closing = permission(service, cluster).permitted(unseen);
    Run run = account.runner().run(owner(service).toString(), closing, journal);
    Optional<NgrokException> trouble = account.trouble(NeededLists.of(service));
    boolean untold = lastStatus(service).conditions().isEmpty();
    if (trouble.isPresent() || untold || !closing.isEmpty()) {
      Verdict verdict =
          run.failed().stream()
              .findFirst()
              .map(FailureVerdict::of)
              .or(() -> trouble.map(FailureVerdict::of))
              .or(() -> ServiceQuarantine.verdictOn(seen))
              .orElse(Verdict.unknown(Reason.Pending, "The ngrok account is being listed."));
      ServiceObservation after = observe(service, journal.status(), cluster);
      report(service, cluster, LastStatus.unseen(after), carriedOver(service, verdict));
    }
    return Outcome.waiting(
        Outcome.earliest(run.nextAttempt(), seen.window().next()), run.progressed());
  }

  /** The verdicts of the last pass, but for Programmed. */
  private static Assessment carriedOver(ClinicService service, Verdict programmed) {
    return Assessment.carriedOver(lastStatus(service).conditions(), ConditionType.Programmed)
        .put(ConditionType.Programmed, programmed);
  }

  private ServiceObservation observe(
      ClinicService service, ClinicServiceStatus status, Cluster cluster) {
    return ServiceObservation.of(
        service, status, cluster, settings, account.inventory(), nonces.get(), clock.instant());
  }

  private void report(
      ClinicService service, Cluster cluster, ClinicServiceStatus status, Assessment assessment) {
    ClinicServiceStatus before = lastStatus(service);
    long generation = service.getMetadata().getGeneration();
    List<Condition> conditions =
        assessment.conditions(before.conditions(), generation, clock.instant());
    ClinicService fresh =
        fresh(
            service,
            new ClinicServiceStatus(
                generation,
                conditions,
                status.internalURL(),
                status.internalBoundAt(),
                status.publicURL(),
                status.address(),
                status.endpoint(),
                status.deletionPolicy(),
                status.vaultSecrets(),
                status.onDemand()));
    new StatusReport(cluster)
        .write(
            service,
            fresh,
            fresh.getStatus().equals(service.getStatus()),
            before.conditions(),
            conditions);
  }

  private static ClinicService fresh(ClinicService service, ClinicServiceStatus status) {
    ClinicService fresh = new ClinicService();
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(service.getMetadata().getNamespace())
            .withName(service.getMetadata().getName())
            .withUid(service.getMetadata().getUid())
            .build());
    fresh.setStatus(status);
    return fresh;
  }

  private static ClinicServiceStatus lastStatus(ClinicService service) {
    return service.getStatus() == null ? ClinicServiceStatus.EMPTY : service.getStatus();
  }

  private Outcome inTurn(
      ClinicService service, boolean urgent, Function<BooleanSupplier, Outcome> pass) {
    return locks.inTurn(
        service.getMetadata().getNamespace(),
        service.getSpec().clinicRef().name(),
        urgent,
        clock,
        pass);
  }

  private static Owner owner(ClinicService service) {
    return new Owner(
        ServiceObservation.KIND,
        service.getMetadata().getNamespace(),
        service.getMetadata().getName());
  }
}
