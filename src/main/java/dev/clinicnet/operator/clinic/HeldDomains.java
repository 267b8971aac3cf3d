package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.CertificateState;
import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
import dev.clinicnet.operator.api.v1alpha1.DomainStatus;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The domains in a Clinic's status. */
final class HeldDomains {
  private HeldDomains() {}

  /**
   * The present domains for the status. A domain of another owner is left out, because its id would
   * look like ours.
   */
  static List<DomainStatus> statuses(ClinicObservation o) {
    List<DomainStatus> statuses = new ArrayList<>();
    for (ClinicDomain domain : o.clinic().getSpec().domains()) {
      o.inventory()
          .find(Resource.RESERVED_DOMAINS, Keys.name(domain.name()))
          .optional()
          .filter(reserved -> has(o, domain, reserved))
          .map(HeldDomains::status)
          .or(() -> before(o, domain.name()))
          .ifPresent(statuses::add);
    }
    return statuses;
  }

  /** The status of a domain that the Clinic has. */
  static DomainStatus status(ReservedDomain reserved) {
    return new DomainStatus(
        reserved.domain(),
        reserved.id(),
        reserved.cnameTarget(),
        reserved.acmeChallengeCnameTarget(),
        certificate(reserved));
  }

  private static boolean has(ClinicObservation o, ClinicDomain domain, ReservedDomain reserved) {
    if (!domain.shared()) {
      return o.exclusiveDomains().contains(reserved);
    }
    // A domain without a grant does not count as held because others share it.
    boolean shares =
        o.notGranted().isEmpty()
            && Mark.parse(reserved.metadata())
                .filter(mark -> mark.isShared(o.settings().instance()))
                .isPresent();
    return shares
        || DomainsDecision.isLent(o, domain, reserved)
        || DomainsDecision.isInUse(o, domain, reserved);
  }

  /**
   * The earlier status of a domain that is missing now, so that its loss is detected as drift. A
   * domain that was handed over is left out.
   */
  private static Optional<DomainStatus> before(ClinicObservation o, String name) {
    return o.status().domains().stream()
        .filter(status -> status.name().equals(name))
        .filter(status -> !isGivenAway(o, status.id()))
        .findFirst();
  }

  private static boolean isGivenAway(ClinicObservation o, String id) {
    return Annotations.gaveAway(o.clinic(), o.inventory().mark(Resource.RESERVED_DOMAINS, id));
  }

  private static CertificateState certificate(ReservedDomain reserved) {
    // A domain under one of ngrok's own names has no policy, and is served with ngrok's
    // certificate.
    if (reserved.certificate() != null || reserved.certificateManagementPolicy() == null) {
      return CertificateState.Ready;
    }
    var status = reserved.certificateManagementStatus();
    var job = status == null ? null : status.provisioningJob();
    if (job == null || job.errorCode() == null) {
      return CertificateState.Pending;
    }
    return "DNS_ERROR".equals(job.errorCode())
        ? CertificateState.WaitingForDNS
        : CertificateState.Failed;
  }
}
