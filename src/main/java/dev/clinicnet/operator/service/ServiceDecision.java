package dev.clinicnet.operator.service;

import dev.clinicnet.operator.account.Outcome;
import dev.clinicnet.operator.agent.TLSTermination;
import dev.clinicnet.operator.api.v1alpha1.AddressStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceSpec;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.api.v1alpha1.Expose;
import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.claim.ServiceNames;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.TrafficPolicy;
import dev.clinicnet.operator.reference.Resolved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done for a service, and what is to be said of it.
 *
 * @param steps the remote changes, none while it is not accepted
 * @param assessment every verdict but, where steps decide it, Programmed
 * @param status everything but the conditions
 * @param wakeAt when to look again though nothing happens
 * @param expiry when the first certificate that it refers to expires; empty when it refers to none,
 *     or they could not be looked at
 */
record ServiceDecision(
    List<Step> steps,
    Assessment assessment,
    ClinicServiceStatus status,
    Optional<Instant> wakeAt,
    Optional<Instant> expiry) {

  static ServiceDecision decide(ServiceObservation o) {
    if (o.isQuarantined()) {
      return ServiceQuarantine.decide(o);
    }
    Assessment assessment = new Assessment();
    if (!ServiceAcceptance.resolve(o, assessment)) {
      return unresolved(o, assessment);
    }
    Optional<Verdict> clinic = clinicNotReady(o);
    if (clinic.isPresent()) {
      assessment.put(ConditionType.ResolvedRefs, clinic.get());
      return untouched(o, assessment, Optional.empty());
    }
    Resolved<ServicePolicy> policy = ServiceAcceptance.accept(o, assessment);
    return policy.value().isEmpty()
        ? untouched(o, assessment, policy.recheckAt())
        : expose(o, policy.value().get(), assessment);
  }

  static ServiceDecision expose(
      ServiceObservation o, ServicePolicy servicePolicy, Assessment assessment) {
    ClinicServiceSpec spec = o.service().getSpec();
    InternalEndpoint internal = InternalEndpoint.of(o);
    assessment.put(ConditionType.AgentOnline, internal.online());
    VaultDecision vault =
        VaultDecision.decide(o, servicePolicy.access().vaultEntries(), assessment);
    List<Step> steps = new ArrayList<>();
    List<Step> endpointSteps = List.of();
    AgentEndpointDecision agent =
        o.isShut()
            ? AgentEndpointDecision.shut(o, assessment)
            : AgentEndpointDecision.open(o, internal.url(), assessment);
    // Nobody is let in before the agent is there; of what is open it may be missing for a while.
    boolean mayOpen = agent.ready() || !o.endpoints().isEmpty();
    String publicURL = null;
    EndpointStatus endpoint = null;
    Optional<ReservedAddr> address = address(o, assessment, steps);
    if (spec.expose() == null || o.isShut()) {
      endpointSteps = EndpointDecision.close(o);
      assessment.put(ConditionType.Programmed, closed(spec));
    } else if (spec.expose().tcp() == null) {
      String wantedURL = ServiceNames.publicURL(o.service()).orElseThrow();
      String host = ServiceNames.host(wantedURL);
      publicURL = served(o, wantedURL);
      TrafficPolicy policy =
          OnDemandDecision.limited(o, servicePolicy.forwardingTo(internal.url()));
      endpoint = EndpointDecision.status(o, wantedURL, policy);
      if (isReserved(o, host) && mayOpen) {
        endpointSteps = new EndpointDecision(o, assessment).open(wantedURL, policy);
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
        TrafficPolicy policy =
            OnDemandDecision.limited(o, servicePolicy.forwardingTo(internal.url()));
        endpoint = EndpointDecision.status(o, wantedURL, policy);
        endpointSteps =
            mayOpen ? new EndpointDecision(o, assessment).open(wantedURL, policy) : List.of();
      } else {
        publicURL = o.status().publicURL();
        endpoint = o.status().endpoint();
      }
    }
    // To open, the agent first; to close, the edge.
    steps.addAll(o.isShut() ? endpointSteps : agent.steps());
    steps.addAll(o.isShut() ? agent.steps() : endpointSteps);
    if (o.isOnDemand() && !o.window().isShut()) {
      assessment.put(ConditionType.Programmed, OnDemandDecision.open(o));
    }
    boolean refused =
        assessment.fails(ConditionType.Accepted) || assessment.fails(ConditionType.ResolvedRefs);
    ClinicServiceStatus status =
        new ClinicServiceStatus(
            o.service().getMetadata().getGeneration(),
            null,
            internal.url(),
            internal.boundAt(),
            publicURL,
            addressStatus(o, address),
            endpoint,
            o.deletionPolicy(),
            vault.status(),
            OnDemandDecision.status(
                o, endpointSteps.isEmpty() && vault.isReady() && agent.ready()));
    Optional<Instant> expiry = firstExpiry(o, servicePolicy);
    return new ServiceDecision(
        refused ? closing(steps) : List.copyOf(vault.around(steps)),
        assessment,
        status,
        Outcome.earliest(CertificateExpiry.judge(expiry, o.now(), assessment), o.window().next()),
        expiry);
  }

  /** The edge first, then the agent. */
  private static List<Step> closing(ServiceObservation o) {
    List<Step> steps = new ArrayList<>(EndpointDecision.close(o));
    steps.addAll(AgentEndpointDecision.close(o));
    return steps;
  }

  /** What may be done for a manifest that is refused: taking access away. */
  private static List<Step> closing(List<Step> steps) {
    return steps.stream().filter(step -> step.cause() == Cause.CLOSING).toList();
  }

  /** An address is kept while nobody has the service open: it cannot be had again. */
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

  static Optional<Instant> firstExpiry(ServiceObservation o, ServicePolicy policy) {
    return Outcome.earliest(
        policy.expiry(), o.termination().value().map(TLSTermination::earliestExpiry));
  }

  /** The URL once an endpoint of ours serves it, and until then the one that was served last. */
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

  private static boolean isReserved(ServiceObservation o, String host) {
    return o.clinic().orElseThrow().getSpec().domains().stream()
        .map(ClinicDomain::name)
        .filter(domain -> DomainNames.covers(domain, host))
        .anyMatch(
            domain -> o.inventory().find(Resource.RESERVED_DOMAINS, Keys.name(domain)).isPresent());
  }

  private static AddressStatus addressStatus(ServiceObservation o, Optional<ReservedAddr> address) {
    AddressStatus before = o.status().address();
    return address
        .map(addr -> new AddressStatus(addr.id(), addr.addr(), nonce(o, addr)))
        .orElse(before);
  }

  /** Only what was reserved for the service has a nonce: the rest is somebody else's to release. */
  private static String nonce(ServiceObservation o, ReservedAddr address) {
    if (!o.addresses().contains(address)) {
      return null;
    }
    return Mark.parse(address.metadata())
        .map(Mark::nonce)
        .orElseGet(() -> o.status().address() == null ? null : o.status().address().nonce());
  }

  /** A terminating Clinic takes the public endpoint down; a missing one changes nothing. */
  private static ServiceDecision unresolved(ServiceObservation o, Assessment assessment) {
    carryOver(o, assessment);
    boolean deleting =
        assessment
            .get(ConditionType.ResolvedRefs)
            .filter(verdict -> verdict.reason() == Reason.ClinicDeleting)
            .isPresent();
    boolean goes = o.isOnDemand() || o.deletionPolicy() == DeletionPolicy.Delete;
    boolean down = o.isShut() || (deleting && goes);
    ClinicServiceStatus status = down ? LastStatus.closed(o) : LastStatus.kept(o);
    return new ServiceDecision(
        down ? closing(o) : List.of(), assessment, status, o.window().next(), Optional.empty());
  }

  private static Optional<Verdict> clinicNotReady(ServiceObservation o) {
    var clinic = o.clinic().orElseThrow();
    var conditions =
        clinic.getStatus() == null ? List.<Condition>of() : clinic.getStatus().conditions();
    var accepted = Conditions.find(conditions, ConditionType.Accepted);
    if (accepted.isEmpty()) {
      return Optional.of(
          Verdict.unknown(
              Reason.Pending,
              "The Clinic " + clinic.getMetadata().getName() + " was not looked at yet."));
    }
    return Conditions.isTrue(conditions, ConditionType.Accepted)
        ? Optional.empty()
        : Optional.of(
            Verdict.no(
                Reason.ClinicNotAccepted,
                "The Clinic "
                    + clinic.getMetadata().getName()
                    + " is not accepted: "
                    + accepted.get().message()));
  }

  /** Nothing is changed, and what was programmed before is left as it is; but for its end. */
  private static ServiceDecision untouched(
      ServiceObservation o, Assessment assessment, Optional<Instant> recheckAt) {
    carryOver(o, assessment);
    return new ServiceDecision(
        o.isShut() ? closing(o) : List.of(),
        assessment,
        o.isShut() && o.endpoints().isEmpty() ? LastStatus.closed(o) : LastStatus.kept(o),
        Outcome.earliest(
            Outcome.earliest(recheckAt, o.termination().recheckAt()), o.window().next()),
        Optional.empty());
  }

  private static void carryOver(ServiceObservation o, Assessment assessment) {
    for (ConditionType type : List.of(ConditionType.Accepted, ConditionType.AgentOnline)) {
      if (assessment.get(type).isEmpty()) {
        Assessment.carriedOver(o.status().conditions(), ConditionType.Programmed)
            .get(type)
            .ifPresent(verdict -> assessment.put(type, verdict));
      }
    }
  }
}
