package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
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
import java.util.List;
import java.util.Optional;

/**
 * What a service may rest on of its Clinic. What a Clinic's manifest asks for counts once the
 * Clinic itself was judged as it is now, and a domain once the Clinic has it.
 *
 * @param clinic not terminating
 */
record JudgedClinic(Clinic clinic) {
  static JudgedClinic of(ServiceObservation o) {
    return new JudgedClinic(o.clinic().orElseThrow());
  }

  /** Whether an older manifest of it was judged, and the one that it has now not yet. */
  boolean hasChanged() {
    return accepted().filter(condition -> !isOfNow(condition)).isPresent();
  }

  /** Why nothing may rest on it, if so. */
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

  /** The words for a Clinic that is refused. */
  Verdict notAccepted(String why) {
    return Verdict.no(
        Reason.ClinicNotAccepted, "The Clinic " + name() + " is not accepted: " + why);
  }

  /** Whether it has a domain at ngrok, and not only asks for one, that covers the host. */
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
   * By the Clinic's own mark, or the shared one of the installation. By the id in the status where
   * the mark is nobody's: it was removed, or earlier versions used the domain without one, or it is
   * the shared one of another installation.
   */
  private boolean has(ReservedDomain reserved, String instance) {
    Optional<Mark> mark = Mark.on(reserved);
    Owner self = Owner.of(clinic);
    if (mark.filter(found -> found.isOf(instance, self) || found.isShared(instance)).isPresent()) {
      return true;
    }
    return mark.flatMap(Mark::owner).isEmpty()
        && clinic.getStatus() != null
        && clinic.getStatus().domains().stream()
            .anyMatch(
                known ->
                    known.name().equals(reserved.domain()) && reserved.id().equals(known.id()));
  }

  private Optional<Condition> accepted() {
    return Conditions.find(
        clinic.getStatus() == null ? List.of() : clinic.getStatus().conditions(),
        ConditionType.Accepted);
  }

  private boolean isOfNow(Condition accepted) {
    return clinic.getMetadata().getGeneration().equals(accepted.observedGeneration());
  }

  private String name() {
    return clinic.getMetadata().getName();
  }
}
