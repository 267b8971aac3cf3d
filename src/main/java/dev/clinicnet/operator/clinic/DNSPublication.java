package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.externaldns.DNSEndpoint;
import dev.clinicnet.operator.api.externaldns.DNSEndpointSpec;
import dev.clinicnet.operator.api.externaldns.PublishedRecord;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.DNSRecord;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.kubernetes.DNSEndpoints;
import dev.clinicnet.operator.kubernetes.MissingRight;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells external-dns the records of a Clinic, by a DNSEndpoint of the Clinic's name. A shared
 * domain's records stand in the DNSEndpoint of every Clinic that lists it: external-dns takes equal
 * records for one, and none goes missing when one of the Clinics does.
 */
final class DNSPublication {
  /** When to try again what could not be written. */
  static final Duration RETRY = Duration.ofMinutes(1);

  private static final long TTL_SECONDS = 300;

  private DNSPublication() {}

  /**
   * Publishes the records, where that is wanted at all.
   *
   * @return why they could not be published; empty when there is nothing to say
   */
  static Optional<Verdict> publish(Clinic clinic, List<DNSRecord> records, Cluster cluster) {
    if (cluster.dnsEndpoints().isEmpty()) {
      return Optional.empty();
    }
    DNSEndpoints all = cluster.dnsEndpoints().get();
    Optional<DNSEndpoint> present = find(clinic, all);
    boolean ours = present.filter(found -> isOf(clinic, found)).isPresent();
    if (present.isPresent() && !ours) {
      return records.isEmpty()
          ? Optional.empty()
          : Optional.of(unwritten(clinic, "one of that name belongs to something else: delete it"));
    }
    try {
      if (records.isEmpty()) {
        present.ifPresent(all::delete);
        return Optional.empty();
      }
      DNSEndpoint wanted = wanted(clinic, records);
      if (present.filter(found -> holds(found, wanted)).isEmpty()) {
        all.apply(wanted);
      }
      return Optional.empty();
    } catch (KubernetesClientException e) {
      String refusal = e.getStatus() == null ? null : e.getStatus().getMessage();
      return Optional.of(
          unwritten(clinic, refusal == null ? "the API server does not answer" : refusal));
    }
  }

  /** Lets the records outlive their Clinic. */
  static void orphan(Clinic clinic, Cluster cluster) {
    try {
      cluster
          .dnsEndpoints()
          .ifPresent(
              all ->
                  find(clinic, all)
                      .filter(found -> isOf(clinic, found))
                      .filter(found -> !found.getMetadata().getOwnerReferences().isEmpty())
                      .ifPresent(found -> all.apply(of(clinic, List.of(), found.getSpec()))));
    } catch (KubernetesClientException e) {
      // They go with their namespace.
      if (MissingRight.of(e).isEmpty()
          || !cluster.isTerminating(clinic.getMetadata().getNamespace())) {
        throw e;
      }
    }
  }

  private static Optional<DNSEndpoint> find(Clinic clinic, DNSEndpoints all) {
    return all.find(clinic.getMetadata().getNamespace(), clinic.getMetadata().getName());
  }

  private static boolean isOf(Clinic clinic, DNSEndpoint found) {
    Map<String, String> annotations = found.getMetadata().getAnnotations();
    return annotations != null
        && ClinicNames.path(clinic).equals(annotations.get(SiteKitSecret.CLINIC));
  }

  /** Whether one says all that it should, with what others may have added. */
  private static boolean holds(DNSEndpoint found, DNSEndpoint wanted) {
    return wanted.getSpec().equals(found.getSpec())
        && found.getMetadata().getOwnerReferences().stream()
            .map(OwnerReference::getUid)
            .toList()
            .containsAll(
                wanted.getMetadata().getOwnerReferences().stream()
                    .map(OwnerReference::getUid)
                    .toList());
  }

  private static DNSEndpoint wanted(Clinic clinic, List<DNSRecord> records) {
    return of(
        clinic,
        List.of(SiteKitSecrets.owner(clinic)),
        new DNSEndpointSpec(
            records.stream()
                .map(r -> new PublishedRecord(r.name(), r.type(), TTL_SECONDS, List.of(r.value())))
                .toList()));
  }

  private static DNSEndpoint of(Clinic clinic, List<OwnerReference> owners, DNSEndpointSpec spec) {
    DNSEndpoint endpoint = new DNSEndpoint();
    endpoint.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(clinic.getMetadata().getNamespace())
            .withName(clinic.getMetadata().getName())
            .addToLabels("app.kubernetes.io/managed-by", "clinic-operator")
            .addToAnnotations(SiteKitSecret.CLINIC, ClinicNames.path(clinic))
            .withOwnerReferences(owners)
            .build());
    endpoint.setSpec(spec);
    return endpoint;
  }

  private static Verdict unwritten(Clinic clinic, String why) {
    return Verdict.no(
        Reason.DNSEndpointNotWritten,
        "The DNS records could not be published as DNSEndpoint "
            + clinic.getMetadata().getName()
            + ": "
            + why
            + ". It is tried again every minute.");
  }
}
