package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import java.util.Optional;

/** A domain that a Clinic asks for, and that another Clinic of the installation leaves. */
final class LeftDomain {
  private LeftDomain() {}

  /** Whether the domain is kept for the Clinic that released it. */
  static boolean isKept(ClinicObservation o, Optional<Mark> mark) {
    return mark.filter(found -> isOurs(o, found) && found.retiredAt() != null).isPresent();
  }

  /** Whether the Clinic that has the domain no longer lists it, and may release it. */
  static boolean isGivenUp(ClinicObservation o, ClinicDomain domain, Optional<Mark> mark) {
    return mark.filter(found -> isOurs(o, found) && found.isActive())
        .flatMap(o.holders()::named)
        .filter(Clinic.class::isInstance)
        .map(Clinic.class::cast)
        .filter(holder -> !holder.getSpec().suspend())
        .filter(holder -> !isListed(holder, domain.name()))
        .isPresent();
  }

  /** The message. It does not name a Clinic of another namespace. */
  static Verdict givenUp(ClinicObservation o, ClinicDomain domain, Mark mark) {
    String holder =
        mark.owner()
            .filter(owner -> owner.namespace().equals(o.owner().namespace()))
            .map(Owner::toString)
            .orElse("an object of another namespace");
    return Verdict.no(
        Reason.DomainNotOwned,
        "spec.domains "
            + domain.name()
            + " is still held by "
            + holder
            + ", which lists it no longer: this Clinic gets it as soon as that one has let go of"
            + " it.");
  }

  private static boolean isOurs(ClinicObservation o, Mark mark) {
    return mark.instance().equals(o.settings().instance());
  }

  static boolean isListed(Clinic clinic, String name) {
    return clinic.getSpec().domains().stream().anyMatch(domain -> domain.name().equals(name));
  }
}
