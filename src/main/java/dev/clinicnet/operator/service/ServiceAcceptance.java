package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.claim.Claimant;
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
import dev.clinicnet.operator.reference.ReferenceProblem;
import dev.clinicnet.operator.reference.Resolved;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether a service's references are there, and whether it may have the names it claims. */
final class ServiceAcceptance {
  private ServiceAcceptance() {}

  /** Judges the references; false when nothing more can be said. */
  static boolean resolve(ServiceObservation o, Assessment assessment) {
    String name = o.service().getSpec().clinicRef().name();
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
                      + ": there is no such Clinic in this namespace. What was programmed before is"
                      + " left as it is."));
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
   * Judges the names, the values that the schema cannot see, and what these refer to; without a
   * value when nothing may be changed.
   */
  static Resolved<ServicePolicy> accept(ServiceObservation o, Assessment assessment) {
    Clinic clinic = o.clinic().orElseThrow();
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
    String warnings =
        policy.value().map(ServicePolicy::warnings).orElse(List.of()).stream()
            .map(warning -> " Warning: " + warning + ".")
            .collect(Collectors.joining());
    assessment.put(
        ConditionType.Accepted,
        Verdict.yes(
            Reason.Accepted, "The manifest is valid, and its names are held by it." + warnings));
    boolean refused =
        assessment.fails(ConditionType.Accepted) || assessment.fails(ConditionType.ResolvedRefs);
    return refused ? policy.withoutValue() : policy;
  }

  /** Judges what the public endpoint is to ask of clients, which no Clinic has a say in. */
  static Resolved<ServicePolicy> policy(ServiceObservation o, Assessment assessment) {
    try {
      ServicePolicy policy = ServicePolicy.of(o);
      return new Resolved<>(Optional.of(policy), Optional.empty(), policy.expiry());
    } catch (ReferenceProblem e) {
      Verdict problem = e.verdict("What was programmed before is left as it is until then.");
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
    return HostClaims.heldBy(o.service(), host, agentAPIs(o, host), o.hostServices())
        .map(Claimant::description)
        .or(() -> exclusiveHolder(o, clinic, host))
        .map(holder -> taken(field(o) + host, holder));
  }

  private static List<Clinic> agentAPIs(ServiceObservation o, String host) {
    return o.hostClinics().stream()
        .filter(other -> ClaimKeys.of(other).contains(ClaimKeys.host(host)))
        .toList();
  }

  /** Another Clinic that has reserved the host, or a wildcard above it, for itself alone. */
  private static Optional<String> exclusiveHolder(ServiceObservation o, Clinic own, String host) {
    return o.hostClinics().stream()
        .filter(other -> !ClinicNames.path(other).equals(ClinicNames.path(own)))
        .filter(
            other ->
                other.getSpec().domains().stream()
                    .filter(domain -> !domain.shared())
                    .filter(domain -> DomainNames.overlap(domain.name(), host))
                    .anyMatch(domain -> holds(other, domain.name())))
        .map(other -> "Clinic " + ClinicNames.path(other) + " as an exclusive domain")
        .findFirst();
  }

  /** A Clinic that was refused a domain, or was not looked at yet, has no right to it. */
  private static boolean holds(Clinic clinic, String domain) {
    ClinicStatus status = clinic.getStatus();
    return status != null
        && (Conditions.isTrue(status.conditions(), ConditionType.Accepted)
            || status.domains().stream()
                .anyMatch(reserved -> reserved.name().equals(domain) && reserved.id() != null));
  }

  private static String field(ServiceObservation o) {
    return o.service().getSpec().expose().tls() == null
        ? "spec.expose.https.host "
        : "spec.expose.tls.host ";
  }

  private static Verdict taken(String what, String holder) {
    return Verdict.no(Reason.HostConflict, what + " is held by " + holder + ": choose another.");
  }
}
