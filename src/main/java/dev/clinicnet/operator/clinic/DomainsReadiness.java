package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.CertificateState;
import dev.clinicnet.operator.api.v1alpha1.DNSRecord;
import dev.clinicnet.operator.api.v1alpha1.DomainStatus;
import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** What a Clinic's domains still need: DNS records and certificates. */
final class DomainsReadiness {
  /** The order in which domains are reported: those that need action come first. */
  private static final List<CertificateState> URGENCY =
      List.of(
          CertificateState.WaitingForDNS,
          CertificateState.Failed,
          CertificateState.Pending,
          CertificateState.Ready);

  private DomainsReadiness() {}

  /** The records that the team must create, for the status. */
  static List<DNSRecord> dnsRecords(List<DomainStatus> domains) {
    List<DNSRecord> records = new ArrayList<>();
    for (DomainStatus domain : domains) {
      if (domain.cnameTarget() != null) {
        records.add(new DNSRecord("CNAME", domain.name(), domain.cnameTarget()));
      }
      if (domain.acmeChallengeCNAMETarget() != null) {
        records.add(
            new DNSRecord(
                "CNAME",
                "_acme-challenge." + DomainNames.base(domain.name()),
                domain.acmeChallengeCNAMETarget()));
      }
    }
    return records;
  }

  /** Whether the domains have their certificates. */
  static Verdict ready(ClinicObservation o, List<DomainStatus> domains, List<DNSRecord> records) {
    if (o.clinic().getSpec().domains().isEmpty()) {
      return Verdict.yes(Reason.NoDomains, "The Clinic lists no domains.");
    }
    if (domains.size() < o.clinic().getSpec().domains().size()) {
      return Verdict.no(Reason.DomainsPending, "Not every domain is reserved yet.");
    }
    for (DomainStatus domain : domains) {
      if (domain.certificate() == null) {
        return Verdict.no(Reason.DomainsPending, domain.name() + " is not reserved yet.");
      }
    }
    DomainStatus domain =
        Collections.min(domains, Comparator.comparing(d -> URGENCY.indexOf(d.certificate())));
    return switch (domain.certificate()) {
      case WaitingForDNS ->
          Verdict.no(
              Reason.WaitingForDNS,
              "Create these DNS records; the certificate follows by itself: "
                  + text(records)
                  + ngrokSays(o, domain));
      case Failed ->
          Verdict.no(
              Reason.CertificateFailed,
              "ngrok could not have a certificate issued for "
                  + domain.name()
                  + " and will try again by itself. Check that no CAA record forbids it."
                  + ngrokSays(o, domain));
      case Pending ->
          Verdict.no(
              Reason.CertificatePending,
              "The certificate for "
                  + domain.name()
                  + " is being issued. It needs these DNS records: "
                  + text(records));
      case Ready -> Verdict.yes(Reason.DomainsReady, "Every domain has its certificate.");
    };
  }

  /** ngrok's message on why there is no certificate yet; empty when it has none. */
  private static String ngrokSays(ClinicObservation o, DomainStatus domain) {
    return o.inventory()
        .find(Resource.RESERVED_DOMAINS, Keys.name(domain.name()))
        .optional()
        .map(ReservedDomain::certificateManagementStatus)
        .map(ReservedDomain.CertificateManagementStatus::provisioningJob)
        .map(ReservedDomain.ProvisioningJob::msg)
        .filter(words -> !words.isBlank())
        .map(words -> " ngrok says of " + domain.name() + ": " + words.strip())
        .orElse("");
  }

  private static String text(List<DNSRecord> records) {
    return String.join("; ", records.stream().map(r -> r.name() + " CNAME " + r.value()).toList());
  }
}
