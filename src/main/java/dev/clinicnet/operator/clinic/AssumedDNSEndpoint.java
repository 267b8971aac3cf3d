package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.account.RotationQueue;
import dev.clinicnet.operator.api.externaldns.DNSEndpoint;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.DNSRecord;
import dev.clinicnet.operator.api.v1alpha1.DomainStatus;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.kubernetes.Cluster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The DNSEndpoint that is assumed in a cluster which cannot be read. It has the records of the
 * domains in the account that the Clinic lists, or that only its mark names.
 */
public final class AssumedDNSEndpoint {
  private AssumedDNSEndpoint() {}

  /** The DNSEndpoint; empty when there are no records for it. */
  public static Optional<DNSEndpoint> of(
      Clinic clinic, Cluster cluster, Settings settings, Inventory inventory, Instant now) {
    ClinicObservation o =
        ClinicObservation.of(
            clinic,
            ClinicStatus.EMPTY,
            cluster,
            cluster::secret,
            settings,
            inventory,
            RotationQueue.unlimited(),
            DNSPublication.NONE,
            "assumed",
            now);
    List<DomainStatus> held = new ArrayList<>(HeldDomains.statuses(o));
    o.exclusiveDomains().stream()
        .filter(domain -> o.ownMark(domain).filter(Mark::isActive).isPresent())
        .filter(domain -> held.stream().noneMatch(one -> one.name().equals(domain.domain())))
        .forEach(domain -> held.add(HeldDomains.status(domain)));
    List<DNSRecord> records = DomainsReadiness.dnsRecords(held);
    return records.isEmpty()
        ? Optional.empty()
        : Optional.of(DNSPublication.wanted(clinic, records));
  }
}
