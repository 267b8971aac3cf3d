package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.claim.Claimant;
import dev.clinicnet.operator.claim.Claimant.Hold;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.claim.HostClaims;
import dev.clinicnet.operator.claim.InternalURLs;
import dev.clinicnet.operator.claim.ServiceNames;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.condition.Warnings;
import dev.clinicnet.operator.config.Timestamps;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.reference.ReferenceProblem;
import dev.clinicnet.operator.reference.Resolved;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Judges whether a service's references exist, and whether it may have the names that it claims.
 */
final class ServiceAcceptance {
  /**
   * The wait for a Clinic. It is longer than one {@code kubectl apply} of a directory, or one sync
   * of Argo CD, usually takes.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** The wait for the first look at a Clinic. Many new ones at a time need some seconds. */
  private static final Duration FIRST_VERDICT = Duration.ofSeconds(10);

  private ServiceAcceptance() {}

  /**
   * The time until which a new service waits for its Clinic, which often arrives a moment later.
   * Empty when it does not wait.
   */
  static Optional<Instant> awaitsClinic(ServiceObservation o) {
    return Optional.ofNullable(o.service().getMetadata().getCreationTimestamp())
        .map(created -> Timestamps.of(created).plus(PATIENCE))
        .filter(end -> o.clinic().isEmpty() && o.now().isBefore(end))
        .filter(end -> neverHadOne(o));
  }

  /**
   * The time until which a new service says nothing, because its Clinic is as new: it was not
   * looked at yet, or is not even there. Empty when it does not wait for that.
   */
  static Optional<Instant> awaitsFirstVerdict(ServiceObservation o) {
    boolean isNew =
        o.clinic()
            .filter(clinic -> !clinic.isMarkedForDeletion())
            .map(clinic -> Conditions.of(clinic).isEmpty())
            .orElse(false);
    return isNew
        ? Optional.ofNullable(o.service().getMetadata().getCreationTimestamp())
            .map(created -> Timestamps.of(created).plus(FIRST_VERDICT))
            .filter(o.now()::isBefore)
        : awaitsClinic(o);
  }

  private static boolean neverHadOne(ServiceObservation o) {
    return Conditions.find(o.status().conditions(), ConditionType.ResolvedRefs)
        .filter(before -> !before.reason().equals(Reason.Pending.name()))
        .isEmpty();
  }

  /** Judges the references; false when no other verdict is possible. */
  static boolean resolve(ServiceObservation o, Assessment assessment) {
    String name = o.service().getSpec().clinicRef().name();
    if (awaitsClinic(o).isPresent()) {
      assessment.put(
          ConditionType.ResolvedRefs,
          Verdict.unknown(Reason.Pending, "Waiting for the Clinic " + name + "."));
      return false;
    }
    if (o.clinic().isEmpty()) {
      boolean wasDeleting =
          Conditions.find(o.status().conditions(), ConditionType.ResolvedRefs)
              .filter(c -> c.reason().equals(Reason.ClinicDeleting.name()))
              .isPresent();
      assessment.put(
          ConditionType.ResolvedRefs,
          Verdict.no(
              wasDeleting ? Reason.ClinicDeleting : Reason.ClinicNotFound,
              wasDeleting
                  ? "The Clinic " + name + " was deleted. The public endpoint is down."
                  : "spec.clinicRef.name "
                      + name
                      + ": there is no such Clinic in this namespace."));
      return false;
    }
    Clinic clinic = o.clinic().get();
    if (clinic.getMetadata().getDeletionTimestamp() != null) {
      assessment.put(
          ConditionType.ResolvedRefs,
          Verdict.no(
              Reason.ClinicDeleting,
              "The Clinic " + name + " is being deleted. The public endpoint is taken down."));
      return false;
    }
    o.termination()
        .problem()
        .ifPresent(problem -> assessment.put(ConditionType.ResolvedRefs, problem));
    assessment.put(
        ConditionType.ResolvedRefs,
        Verdict.yes(Reason.ResolvedRefs, "Everything that it refers to was found."));
    return true;
  }

  /**
   * Judges the names, the values that the schema cannot check, and their references. The result is
   * empty when nothing may be changed.
   */
  static Resolved<ServicePolicy> accept(ServiceObservation o, Assessment assessment) {
    Clinic clinic = o.clinic().orElseThrow();
    o.notGranted().ifPresent(problem -> assessment.put(ConditionType.Accepted, problem));
    InternalURLs.problem(o.service(), clinic, o.siblings())
        .ifPresent(problem -> assessment.put(ConditionType.Accepted, problem));
    if (o.opensThroughAgent() && clinic.getSpec().agent().api() == null) {
      assessment.put(
          ConditionType.Accepted,
          Verdict.no(
              Reason.AgentAPIMissing,
              "spec.onDemand.via AgentAPI needs spec.agent.api of Clinic "
                  + clinic.getMetadata().getName()
                  + ": set it there, or use CloudEndpoint."));
    }
    ServiceNames.publicHost(o.service())
        .flatMap(host -> checkHost(o, clinic, host))
        .ifPresent(problem -> assessment.put(ConditionType.Accepted, problem));
    Resolved<ServicePolicy> policy = policy(o, assessment);
    assessment.put(
        ConditionType.Accepted,
        Verdict.yes(
            Reason.Accepted,
            Warnings.append(
                "The manifest is valid, and no other object claims its names.",
                policy.value().map(ServicePolicy::warnings).orElse(List.of()))));
    boolean refused =
        assessment.fails(ConditionType.Accepted) || assessment.fails(ConditionType.ResolvedRefs);
    return refused ? policy.withoutValue() : policy;
  }

  /** Judges what the public endpoint requires of clients. This does not depend on the Clinic. */
  static Resolved<ServicePolicy> policy(ServiceObservation o, Assessment assessment) {
    try {
      ServicePolicy policy = ServicePolicy.of(o);
      return new Resolved<>(Optional.of(policy), Optional.empty(), policy.expiry());
    } catch (ReferenceProblem e) {
      Verdict problem = e.verdict();
      assessment.replace(ConditionType.ResolvedRefs, problem);
      return Resolved.failed(problem, e.mendsAt());
    } catch (IllegalArgumentException e) {
      assessment.put(ConditionType.Accepted, Verdict.no(Reason.Invalid, e.getMessage()));
      return Resolved.nothing();
    }
  }

  private static Optional<Verdict> checkHost(ServiceObservation o, Clinic clinic, String host) {
    List<String> domains = clinic.getSpec().domains().stream().map(ClinicDomain::name).toList();
    if (domains.stream().noneMatch(domain -> DomainNames.covers(domain, host))) {
      return Optional.of(
          Verdict.no(
              Reason.HostNotCovered,
              field(o)
                  + host
                  + " is covered by no entry of spec.domains of Clinic "
                  + clinic.getMetadata().getName()
                  + (domains.isEmpty() ? " (it has none)" : " (" + String.join(", ", domains) + ")")
                  + ": list it there, or a wildcard exactly one label above it."));
    }
    return HostClaims.heldBy(
            o.service(),
            host,
            o.holders().keeping(agentAPIs(o, host), o.service()),
            o.holders().keeping(o.hostServices(), o.service()))
        .map(holder -> taken(o, host, holder, ""))
        .or(
            () ->
                exclusiveHolder(o, clinic, host)
                    .map(
                        holder ->
                            taken(
                                o,
                                host,
                                holder,
                                ", which has the host or a wildcard above it for itself alone")));
  }

  private static List<Clinic> agentAPIs(ServiceObservation o, String host) {
    return o.hostClinics().stream()
        .filter(other -> ClaimKeys.of(other).contains(ClaimKeys.host(host)))
        .toList();
  }

  /**
   * Another Clinic that has reserved the host, or a wildcard above it, exclusively. A wildcard
   * above a domain of the service's own Clinic does not count, because the Clinics contest that
   * domain.
   */
  private static Optional<Claimant> exclusiveHolder(ServiceObservation o, Clinic own, String host) {
    return o.hostClinics().stream()
        .filter(other -> !ClinicNames.path(other).equals(ClinicNames.path(own)))
        .filter(other -> !Annotations.handsOver(other, own))
        .filter(
            other ->
                other.getSpec().domains().stream()
                    .filter(domain -> !domain.shared())
                    .filter(domain -> DomainNames.overlap(domain.name(), host))
                    .filter(domain -> !isAboveDomainOf(own, domain.name(), host))
                    .anyMatch(domain -> holds(other, domain.name())))
        .map(other -> HostClaims.claimant(other, Hold.STATUS))
        .findFirst();
  }

  private static boolean isAboveDomainOf(Clinic own, String wildcard, String host) {
    return own.getSpec().domains().stream()
        .map(ClinicDomain::name)
        .filter(domain -> DomainNames.covers(domain, host))
        .anyMatch(domain -> DomainNames.contains(wildcard, domain));
  }

  /** A Clinic that was refused a domain, or was not judged yet, has no right to it. */
  private static boolean holds(Clinic clinic, String domain) {
    ClinicStatus status = clinic.getStatus();
    return status != null
        && (new JudgedClinic(clinic).problem().isEmpty()
            || status.domains().stream()
                .anyMatch(reserved -> reserved.name().equals(domain) && reserved.id() != null));
  }

  private static String field(ServiceObservation o) {
    return o.service().getSpec().expose().tls() == null
        ? "spec.expose.https.host "
        : "spec.expose.tls.host ";
  }

  private static Verdict taken(ServiceObservation o, String host, Claimant holder, String why) {
    String reader = o.owner().namespace();
    String url = ServiceNames.publicURL(o.service()).orElseThrow();
    return Verdict.no(
            Reason.HostConflict,
            field(o) + host + " is held by " + holder.toldTo(reader) + why + ": choose another.")
        .withholding(holder.keptFrom(reader, o.inventory().told(Resource.ENDPOINTS, url)));
  }
}
