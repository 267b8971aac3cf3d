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
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The DNSEndpoint with a Clinic's name, which tells external-dns the Clinic's records. The records
 * of a shared domain are in the DNSEndpoint of every Clinic that lists it. external-dns merges
 * equal records, and none is lost when one of the Clinics is deleted.
 *
 * @param wanted whether records are published at all
 * @param present the present DNSEndpoint, ours or not
 * @param failure why it could not be written in this pass; empty when it was not tried
 */
record DNSPublication(boolean wanted, Optional<DNSEndpoint> present, Optional<String> failure) {
  /** The value for an operator that publishes no records. */
  static final DNSPublication NONE = new DNSPublication(false, Optional.empty(), Optional.empty());

  /** The wait before the next attempt after a failed write. */
  static final Duration RETRY = Duration.ofMinutes(1);

  private static final long TTL_SECONDS = 300;

  /** Reads the DNSEndpoint. */
  static DNSPublication of(Clinic clinic, Cluster cluster) {
    return cluster
        .dnsEndpoints()
        .map(all -> new DNSPublication(true, find(clinic, all), Optional.empty()))
        .orElse(NONE);
  }

  /** Whether it must be written, or deleted if there are no records. */
  boolean isDue(Clinic clinic, List<DNSRecord> records) {
    if (!wanted || failure.isPresent() || isForeign(clinic)) {
      return false;
    }
    return records.isEmpty()
        ? present.isPresent()
        : present.filter(found -> holds(found, wanted(clinic, records))).isEmpty();
  }

  /** Why the records are not published; empty when they are. */
  Optional<Verdict> problem(Clinic clinic, List<DNSRecord> records) {
    return isForeign(clinic) && !records.isEmpty()
        ? Optional.of(unwritten(clinic, "one of that name belongs to something else: delete it"))
        : failure.map(why -> unwritten(clinic, why));
  }

  /** Writes it, or deletes it if there are no records. Returns the new state. */
  DNSPublication write(Clinic clinic, List<DNSRecord> records, Cluster cluster) {
    DNSEndpoints all = cluster.dnsEndpoints().orElseThrow();
    try {
      if (records.isEmpty()) {
        present.ifPresent(all::delete);
        return new DNSPublication(true, Optional.empty(), Optional.empty());
      }
      DNSEndpoint wanted = wanted(clinic, records);
      all.apply(wanted);
      return new DNSPublication(true, Optional.of(wanted), Optional.empty());
    } catch (KubernetesClientException e) {
      String refusal = e.getStatus() == null ? null : e.getStatus().getMessage();
      return new DNSPublication(
          true, present, Optional.of(refusal == null ? "the API server does not answer" : refusal));
    }
  }

  private boolean isForeign(Clinic clinic) {
    return present.filter(found -> !isOf(clinic, found)).isPresent();
  }

  /** Whether the DNSEndpoint would be deleted with its Clinic. */
  boolean isBound(Clinic clinic) {
    return present
        .filter(found -> isOf(clinic, found))
        .filter(found -> !found.getMetadata().getOwnerReferences().isEmpty())
        .isPresent();
  }

  /** Makes the records outlive their Clinic. */
  void orphan(Clinic clinic, Cluster cluster) {
    cluster
        .dnsEndpoints()
        .orElseThrow()
        .apply(of(clinic, List.of(), present.orElseThrow().getSpec()));
  }

  private static Optional<DNSEndpoint> find(Clinic clinic, DNSEndpoints all) {
    return all.find(clinic.getMetadata().getNamespace(), clinic.getMetadata().getName());
  }

  private static boolean isOf(Clinic clinic, DNSEndpoint found) {
    Map<String, String> annotations = found.getMetadata().getAnnotations();
    return annotations != null
        && ClinicNames.path(clinic).equals(annotations.get(SiteKitSecret.CLINIC));
  }

  /** Whether a DNSEndpoint has all its records. Others may have added more. */
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

  /** The DNSEndpoint with these records. */
  static DNSEndpoint wanted(Clinic clinic, List<DNSRecord> records) {
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
