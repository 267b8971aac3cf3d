package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.ClinicServiceSpec;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.api.v1alpha1.Expose;
import dev.clinicnet.operator.api.v1alpha1.InternalLockStatus;
import dev.clinicnet.operator.claim.ServiceNames;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.TrafficPolicy;
import dev.clinicnet.operator.reconcile.Decision;
import dev.clinicnet.operator.reconcile.Outcome;
import dev.clinicnet.operator.reference.Resolved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The steps for a service, and the verdicts on it.
 *
 * @param steps the remote changes, none while it is not accepted
 * @param assessment all verdicts, without Programmed if the steps decide it
 * @param status everything but the conditions
 * @param left changes by others that may not be corrected, because the manifest is refused
 * @param requeueAt the time of the next pass if nothing happens before
 * @param expiry the expiry of the first referenced certificate; empty without certificates, or when
 *     they could not be read
 */
record ServiceDecision(
    List<Step> steps,
    Assessment assessment,
    ClinicServiceStatus status,
    List<Drift> left,
    Optional<Instant> requeueAt,
    Optional<Instant> expiry)
    implements Decision {

  static ServiceDecision decide(ServiceObservation o) {
    return GivenAway.leaveOut(o, ForwardCheck.of(o, converge(o)));
  }

  private static ServiceDecision converge(ServiceObservation o) {
    if (o.isQuarantined()) {
      return ServiceQuarantine.decide(o);
    }
    Assessment assessment = new Assessment();
    if (!ServiceAcceptance.resolve(o, assessment)) {
      return unresolved(o, assessment);
    }
    JudgedClinic clinic = JudgedClinic.of(o);
    if (clinic.hasChanged() && isSettled(o)) {
      return awaitClinic(o);
    }
    if (clinic.problem().isPresent()) {
      assessment.put(ConditionType.ResolvedRefs, clinic.problem().get());
      return untouched(o, assessment, ServiceAcceptance.awaitsFirstVerdict(o));
    }
    Resolved<ServicePolicy> policy = ServiceAcceptance.accept(o, assessment);
    o.clinicNotGranted()
        .map(problem -> clinic.notAccepted(problem.message()))
        .ifPresent(problem -> assessment.put(ConditionType.ResolvedRefs, problem));
    return policy.value().isEmpty() || o.clinicNotGranted().isPresent()
        ? untouched(o, assessment, policy.recheckAt())
        : expose(o, policy.value().get(), assessment);
  }

  static ServiceDecision expose(
      ServiceObservation o, ServicePolicy servicePolicy, Assessment assessment) {
    ClinicServiceSpec spec = o.service().getSpec();
    InternalEndpoint internal = InternalEndpoint.of(o);
    InternalLockDecision lock = InternalLockDecision.of(o, internal);
    assessment.put(ConditionType.AgentOnline, internal.online());
    List<VaultEntry> entries = new ArrayList<>(servicePolicy.access().vaultEntries());
    lock.entry().ifPresent(entries::add);
    VaultDecision vault = VaultDecision.decide(o, entries, assessment);
    LockedForward forward = new LockedForward(o, servicePolicy, internal, lock, vault);
    List<Step> steps = new ArrayList<>();
    List<Step> endpointSteps = List.of();
    // Whether the public endpoint was looked at, or there is none.
    boolean looked = o.endpoints().isEmpty();
    AgentEndpointDecision agent =
        o.isShut()
            ? AgentEndpointDecision.shut(o, assessment)
            : AgentEndpointDecision.open(o, internal.url(), assessment);
    // No client is admitted before the agent is ready. For an open endpoint, the agent may be
    // missing for a while.
    boolean mayOpen = agent.ready() || !o.endpoints().isEmpty();
    String publicURL = null;
    EndpointStatus endpoint = null;
    Optional<ReservedAddr> address = address(o, assessment, steps);
    if (spec.expose() == null || o.isShut() || internal.taken().isPresent()) {
      endpointSteps = EndpointDecision.close(o);
      assessment.put(ConditionType.Programmed, internal.taken().orElseGet(() -> closed(spec)));
    } else if (spec.expose().tcp() == null) {
      String wantedURL = ServiceNames.publicURL(o.service()).orElseThrow();
      String host = ServiceNames.host(wantedURL);
      publicURL = served(o, wantedURL);
      TrafficPolicy policy = forward.policyAt(wantedURL);
      endpoint = EndpointDecision.status(o, wantedURL, policy);
      if (JudgedClinic.of(o).hasDomainOver(host, o) && mayOpen) {
        endpointSteps = EndpointDecision.open(o, wantedURL, policy, assessment);
        looked = true;
      } else if (mayOpen) {
        assessment.put(
            ConditionType.Programmed,
            Verdict.no(
                Reason.WaitingForDomain,
                "The domain that covers " + host + " is not reserved yet."));
      }
    } else {
      if (address.isPresent()) {
        String wantedURL = "tcp://" + address.get().addr();
        publicURL = served(o, wantedURL);
        TrafficPolicy policy = forward.policyAt(wantedURL);
        endpoint = EndpointDecision.status(o, wantedURL, policy);
        endpointSteps =
            mayOpen ? EndpointDecision.open(o, wantedURL, policy, assessment) : List.of();
        looked = true;
      } else {
        publicURL = o.status().publicURL();
        endpoint = o.status().endpoint();
      }
    }
    // The agent opens first, and the edge closes first.
    steps.addAll(o.isShut() ? endpointSteps : agent.steps());
    steps.addAll(o.isShut() ? agent.steps() : endpointSteps);
    if (o.isOnDemand() && !o.window().isShut()) {
      assessment.put(ConditionType.Programmed, OnDemandDecision.open(o));
    }
    boolean refused =
        assessment.fails(ConditionType.Accepted) || assessment.fails(ConditionType.ResolvedRefs);
    InternalEndpoint reached = internal.reached(o, endpointSteps);
    boolean settled = looked && endpointSteps.isEmpty();
    InternalLockStatus sent =
        settled && forward.leftOut()
            ? null
            : lock.status(settled && vault.isReady() && vault.before().isEmpty());
    lock.verdict(vault.isWithout(lock.entry()) ? null : sent)
        .ifPresent(verdict -> assessment.put(ConditionType.InternalLocked, verdict));
    ClinicServiceStatus status =
        new ClinicServiceStatus(
            o.service().getMetadata().getGeneration(),
            null,
            reached.url(),
            reached.boundAt(),
            publicURL,
            LastStatus.address(o, address),
            endpoint,
            o.deletionPolicy(),
            o.status().account(),
            vault.status(),
            OnDemandDecision.status(o, endpointSteps.isEmpty() && vault.isReady() && agent.ready()),
            sent);
    Optional<Instant> expiry = CertificateExpiry.first(o);
    return new ServiceDecision(
        refused
            ? refused(o, steps, assessment)
            : Revocation.hurry(o, endpointSteps, vault.around(steps, forward.mayBeSent())),
        assessment,
        status,
        refused ? RefusedManifest.left(o, assessment) : List.of(),
        Outcome.earliest(
            Outcome.earliest(
                CertificateExpiry.judge(expiry, o.now(), assessment), o.window().next()),
            lock.requeueAt()),
        expiry);
  }

  /** The same decision with another status. */
  ServiceDecision withStatus(ClinicServiceStatus other) {
    return new ServiceDecision(steps, assessment, other, left, requeueAt, expiry);
  }

  /** The same decision with other steps. */
  ServiceDecision withSteps(List<Step> other) {
    return new ServiceDecision(other, assessment, status, left, requeueAt, expiry);
  }

  /** The same decision with another time of the next pass. */
  ServiceDecision requeuedAt(Optional<Instant> when) {
    return new ServiceDecision(steps, assessment, status, left, when, expiry);
  }

  /** Closes the edge first, then the agent. */
  private static List<Step> closing(ServiceObservation o) {
    List<Step> steps = new ArrayList<>(EndpointDecision.close(o));
    steps.addAll(AgentEndpointDecision.close(o));
    return steps;
  }

  /** The steps for a refused manifest, which only take access away. */
  private static List<Step> refused(ServiceObservation o, List<Step> steps, Assessment assessment) {
    List<Step> closing =
        new ArrayList<>(steps.stream().filter(step -> step.cause() == Cause.CLOSING).toList());
    if (!o.isShut()) {
      closing.addAll(RefusedManifest.tighten(o, assessment));
    }
    return closing;
  }

  /**
   * An address is kept while no session has the service open, because it could not be reserved
   * again.
   */
  private static Optional<ReservedAddr> address(
      ServiceObservation o, Assessment assessment, List<Step> steps) {
    Expose expose = o.service().getSpec().expose();
    if (expose == null || expose.tcp() == null) {
      return AddressDecision.reserved(o);
    }
    AddressDecision decision = new AddressDecision(o, assessment).decide(expose.tcp());
    steps.addAll(decision.steps());
    return decision.address();
  }

  /** The URL that an endpoint of ours serves; before that, the last served URL. */
  private static String served(ServiceObservation o, String url) {
    boolean there = o.endpoints().stream().anyMatch(endpoint -> endpoint.url().equals(url));
    return there ? url : o.status().publicURL();
  }

  private static Verdict closed(ClinicServiceSpec spec) {
    return spec.expose() == null
        ? Verdict.yes(Reason.InternalOnly, "The service has no public endpoint by design.")
        : Verdict.yes(
            Reason.NoOpenSession, "The service is on demand, and no session has it open.");
  }

  /**
   * If the Clinic is terminating, the public endpoint is taken down. If it is missing, nothing
   * changes.
   */
  private static ServiceDecision unresolved(ServiceObservation o, Assessment assessment) {
    boolean deleting =
        assessment
            .get(ConditionType.ResolvedRefs)
            .filter(verdict -> verdict.reason() == Reason.ClinicDeleting)
            .isPresent();
    boolean goes = o.isOnDemand() || o.deletionPolicy() == DeletionPolicy.Delete;
    boolean down = o.isShut() || !isExposed(o) || (deleting && goes);
    ClinicServiceStatus status = down ? LastStatus.closed(o) : LastStatus.kept(o);
    return untouched(
        o,
        assessment,
        down,
        status,
        Outcome.earliest(
            Outcome.earliest(o.window().next(), ServiceAcceptance.awaitsClinic(o)),
            AgentEndpointDecision.recheckAt(o)));
  }

  /**
   * The Clinic will be judged again soon. Until then, everything stays as it is, except access that
   * ends.
   */
  private static ServiceDecision awaitClinic(ServiceObservation o) {
    boolean down = isDown(o);
    return new ServiceDecision(
        down ? closing(o) : List.of(),
        Assessment.carriedOver(o.status().conditions(), down ? ConditionType.Programmed : null),
        down && o.endpoints().isEmpty() ? LastStatus.closed(o) : LastStatus.kept(o),
        List.of(),
        o.window().next(),
        CertificateExpiry.first(o));
  }

  /**
   * The programmed objects stay as they are. Only steps that end or narrow access are carried out.
   */
  private static ServiceDecision untouched(
      ServiceObservation o, Assessment assessment, Optional<Instant> recheckAt) {
    boolean down = isDown(o);
    return untouched(
        o,
        assessment,
        down,
        down && o.endpoints().isEmpty() ? LastStatus.closed(o) : LastStatus.kept(o),
        Outcome.earliest(
            Outcome.earliest(recheckAt, o.termination().recheckAt()), o.window().next()));
  }

  private static ServiceDecision untouched(
      ServiceObservation o,
      Assessment assessment,
      boolean down,
      ClinicServiceStatus status,
      Optional<Instant> requeueAt) {
    List<Step> steps = down ? closing(o) : refused(o, List.of(), assessment);
    LastStatus.carryOver(o, assessment);
    List<Drift> left = down ? List.of() : RefusedManifest.left(o, assessment);
    Optional<Instant> expiry = CertificateExpiry.first(o);
    return new ServiceDecision(
        steps,
        assessment,
        status,
        left,
        Outcome.earliest(requeueAt, CertificateExpiry.judge(expiry, o.now(), assessment)),
        expiry);
  }

  /** Whether the status is about the present manifest. */
  private static boolean isSettled(ServiceObservation o) {
    return o.service().getMetadata().getGeneration().equals(o.status().observedGeneration());
  }

  private static boolean isDown(ServiceObservation o) {
    return o.isShut() || o.isRevoked() || !isExposed(o) || RefusedManifest.leavesItsDomain(o);
  }

  private static boolean isExposed(ServiceObservation o) {
    return o.service().getSpec().expose() != null;
  }
}
