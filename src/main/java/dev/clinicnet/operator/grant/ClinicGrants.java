package dev.clinicnet.operator.grant;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.condition.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Checks that a Clinic asks only for what its namespace was granted. */
public final class ClinicGrants {
  private ClinicGrants() {}

  /**
   * The refusal of what was not granted; empty if everything was granted.
   *
   * @param all the Clinics of its namespace, including itself
   * @param left the objects that are gone and still have something at ngrok
   */
  public static Optional<Verdict> problem(
      Clinic clinic, Grant grant, Collection<Clinic> all, Collection<String> left) {
    if (grant.isTrusted()) {
      return Optional.empty();
    }
    String internal = ClinicNames.internalDomain(clinic);
    if (!grant.mayHaveInternalDomain(internal)) {
      return Optional.of(
          NotGranted.verdict(grant, "spec.internalDomain " + internal, "internalDomains"));
    }
    return domains(clinic, grant)
        .or(() -> agentAPI(clinic, grant))
        .or(
            () ->
                new Limit(grant, "Clinics", "maxClinics", grant.maxClinics())
                    .problem(clinic, all, left));
  }

  private static Optional<Verdict> domains(Clinic clinic, Grant grant) {
    for (ClinicDomain domain : clinic.getSpec().domains()) {
      if (!grant.mayListDomain(domain.name(), domain.shared())) {
        return Optional.of(
            domain.shared()
                ? NotGranted.verdict(
                    grant,
                    "spec.domains " + domain.name() + " (shared)",
                    "sharedDomains or spec.grants[].domains")
                : NotGranted.verdict(grant, "spec.domains " + domain.name(), "domains"));
      }
    }
    return Optional.empty();
  }

  private static Optional<Verdict> agentAPI(Clinic clinic, Grant grant) {
    if (clinic.getSpec().agent().api() == null) {
      return Optional.empty();
    }
    return host(
        "spec.agent.api.host ",
        clinic.getSpec().agent().api().host(),
        clinic.getSpec().domains(),
        grant);
  }

  /**
   * A host under an exclusive domain of the Clinic is granted with the domain. A host under a
   * shared domain is not.
   */
  static Optional<Verdict> host(
      String field, String host, List<ClinicDomain> domains, Grant grant) {
    boolean own =
        domains.stream()
            .filter(domain -> !domain.shared())
            .anyMatch(domain -> DomainNames.covers(domain.name(), host));
    return own || grant.mayShareHost(host)
        ? Optional.empty()
        : Optional.of(NotGranted.verdict(grant, field + host, "sharedHosts"));
  }
}
