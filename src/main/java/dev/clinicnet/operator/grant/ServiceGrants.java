package dev.clinicnet.operator.grant;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceSpec;
import dev.clinicnet.operator.api.v1alpha1.TCPExposure;
import dev.clinicnet.operator.claim.ServiceNames;
import dev.clinicnet.operator.condition.Verdict;
import java.util.Collection;
import java.util.Optional;

/** Checks that a service asks only for what its namespace was granted. */
public final class ServiceGrants {
  private ServiceGrants() {}

  /**
   * The refusal of what was not granted; empty if everything was granted.
   *
   * @param clinic its Clinic, which lists the domains; empty when there is none
   * @param all the services of its namespace, including itself
   * @param left the objects that are gone and still have something at ngrok
   */
  public static Optional<Verdict> problem(
      ClinicService service,
      Optional<Clinic> clinic,
      Grant grant,
      Collection<ClinicService> all,
      Collection<String> left) {
    if (grant.isTrusted()) {
      return Optional.empty();
    }
    return host(service, clinic, grant)
        .or(() -> address(service.getSpec(), grant))
        .or(() -> ipPolicies(service.getSpec(), grant))
        .or(() -> trafficPolicy(service.getSpec(), grant))
        .or(
            () ->
                new Limit(grant, "ClinicServices", "maxServices", grant.maxServices())
                    .problem(service, all, left));
  }

  private static Optional<Verdict> host(
      ClinicService service, Optional<Clinic> clinic, Grant grant) {
    String field =
        service.getSpec().expose() != null && service.getSpec().expose().tls() != null
            ? "spec.expose.tls.host "
            : "spec.expose.https.host ";
    return ServiceNames.publicHost(service)
        .filter(host -> clinic.isPresent())
        .flatMap(
            host ->
                ClinicGrants.host(field, host, clinic.orElseThrow().getSpec().domains(), grant));
  }

  private static Optional<Verdict> address(ClinicServiceSpec spec, Grant grant) {
    TCPExposure tcp = spec.expose() == null ? null : spec.expose().tcp();
    if (tcp == null) {
      return Optional.empty();
    }
    if (tcp.address() == null) {
      return grant.mayReserveAddress()
          ? Optional.empty()
          : Optional.of(
              NotGranted.verdict(grant, "A TCP address for spec.expose.tcp", "addresses.reserve"));
    }
    return grant.existingAddress(tcp.address())
        ? Optional.empty()
        : Optional.of(
            NotGranted.verdict(
                grant, "spec.expose.tcp.address " + tcp.address(), "addresses.existing"));
  }

  private static Optional<Verdict> ipPolicies(ClinicServiceSpec spec, Grant grant) {
    return spec.access() == null
        ? Optional.empty()
        : spec.access().ipPolicyIDs().stream()
            .filter(id -> !grant.mayUseIPPolicy(id))
            .findFirst()
            .map(id -> NotGranted.verdict(grant, "spec.access.ipPolicyIDs " + id, "ipPolicyIDs"));
  }

  private static Optional<Verdict> trafficPolicy(ClinicServiceSpec spec, Grant grant) {
    return spec.trafficPolicy() == null || grant.mayHaveTrafficPolicy()
        ? Optional.empty()
        : Optional.of(NotGranted.verdict(grant, "spec.trafficPolicy", "trafficPolicy"));
  }
}
