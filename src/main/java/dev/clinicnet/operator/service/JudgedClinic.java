package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.Optional;

/**
 * The part of a Clinic on which its services may depend. The manifest of a Clinic counts when its
 * present version was judged, and a domain counts when the Clinic has it.
 *
 * @param clinic the Clinic, which is not terminating
 */
record JudgedClinic(Clinic clinic) {
  static JudgedClinic of(ServiceObservation o) {
    return new JudgedClinic(o.clinic().orElseThrow());
  }

  /** Whether an older manifest of the Clinic was judged, but not the present one. */
  boolean hasChanged() {
    return accepted().filter(condition -> !isOfNow(condition)).isPresent();
  }

  /** Why nothing may depend on it; empty if it may. */
  Optional<Verdict> problem() {
    Optional<Condition> accepted = accepted();
    if (accepted.filter(this::isOfNow).isEmpty()
        || accepted.get().status() == ConditionStatus.Unknown) {
      return Optional.of(
          Verdict.unknown(Reason.Pending, "The Clinic " + name() + " is not processed yet."));
    }
    return accepted.get().status() == ConditionStatus.True
        ? Optional.empty()
        : Optional.of(notAccepted(accepted.get().message()));
  }

  /** The message about a refused Clinic. */
  Verdict notAccepted(String why) {
    return Verdict.no(
        Reason.ClinicNotAccepted, "The Clinic " + name() + " is not accepted: " + why);
  }

  /**
   * Whether the Clinic has a domain at ngrok that covers the host, and does not only ask for one.
   */
  boolean hasDomainOver(String host, ServiceObservation o) {
    return clinic.getSpec().domains().stream()
        .map(ClinicDomain::name)
        .filter(domain -> DomainNames.covers(domain, host))
        .flatMap(
            domain ->
                o
                    .inventory()
                    .find(Resource.RESERVED_DOMAINS, Keys.name(domain))
                    .optional()
                    .stream())
        .anyMatch(reserved -> has(reserved, o.settings().instance()));
  }

  /**
   * Whether the Clinic has a domain: by its own mark, or by the shared mark of the installation.
   * The id in the status counts if the mark names no owner: it was removed, or the domain is used
   * without one, or it is the shared mark of another installation.
   */
  private boolean has(ReservedDomain reserved, String instance) {
    Optional<Mark> mark = Mark.on(reserved);
    Owner self = Owner.of(clinic);
    if (mark.filter(found -> found.isOf(instance, self) || found.isShared(instance)).isPresent()) {
      return true;
    }
    return mark.flatMap(Mark::owner).isEmpty()
        && ClinicStatus.of(clinic).domains().stream()
            .anyMatch(
                known ->
                    known.name().equals(reserved.domain()) && reserved.id().equals(known.id()));
  }

  private Optional<Condition> accepted() {
    return Conditions.find(Conditions.of(clinic), ConditionType.Accepted);
  }

  private boolean isOfNow(Condition accepted) {
    return clinic.getMetadata().getGeneration().equals(accepted.observedGeneration());
  }

  private String name() {
    return clinic.getMetadata().getName();
  }
}
