package dev.clinicnet.operator.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.externaldns.DNSEndpoint;
import dev.clinicnet.operator.api.externaldns.DNSEndpointSpec;
import dev.clinicnet.operator.api.externaldns.PublishedRecord;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.DNSRecord;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.kubernetes.MemoryCluster;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A Clinic's records, and the DNSEndpoint that tells external-dns of them. */
class DNSPublicationTest {
  private static final List<DNSRecord> RECORDS =
      List.of(
          new DNSRecord("CNAME", "*.api.example.com", "abc.cname.example.net"),
          new DNSRecord("CNAME", "_acme-challenge.api.example.com", "abc.acme.example.net"));

  private final Clinic clinic = ClinicBuilder.clinic("clinic1").build();
  private final OneDNSEndpoint endpoints = new OneDNSEndpoint();

  @Test
  void theRecordsAreThereUnderTheNameOfTheClinicThatOwnsThem() {
    assertThat(publish(RECORDS)).isEmpty();

    assertThat(endpoints.held.getMetadata().getName()).isEqualTo("clinic1");
    assertThat(endpoints.held.getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(owner -> assertThat(owner.getUid()).isEqualTo(clinic.getMetadata().getUid()));
    assertThat(endpoints.held.getSpec().endpoints())
        .containsExactly(
            new PublishedRecord(
                "*.api.example.com", "CNAME", 300, List.of("abc.cname.example.net")),
            new PublishedRecord(
                "_acme-challenge.api.example.com", "CNAME", 300, List.of("abc.acme.example.net")));
  }

  @Test
  void whatIsThereAlreadyIsNotWrittenAgain() {
    publish(RECORDS);

    assertThat(publish(RECORDS)).isEmpty();
    assertThat(endpoints.writes).isEqualTo(1);
  }

  @Test
  void aChangedRecordAndALostOwnerAreWritten() {
    publish(RECORDS);
    publish(RECORDS.subList(0, 1));
    assertThat(endpoints.held.getSpec().endpoints()).hasSize(1);
    endpoints.held.getMetadata().setOwnerReferences(List.of());

    publish(RECORDS.subList(0, 1));

    assertThat(endpoints.writes).isEqualTo(3);
    assertThat(endpoints.held.getMetadata().getOwnerReferences()).hasSize(1);
  }

  @Test
  void whatOthersAddToTheObjectIsNoReasonToWriteIt() {
    publish(RECORDS);
    endpoints.held.getMetadata().getLabels().put("team", "network");
    endpoints
        .held
        .getMetadata()
        .setOwnerReferences(
            List.of(
                endpoints.held.getMetadata().getOwnerReferences().get(0),
                new OwnerReferenceBuilder().withKind("Team").withName("network").build()));

    publish(RECORDS);

    assertThat(endpoints.writes).isEqualTo(1);
  }

  @Test
  void withoutRecordsThereIsNoDNSEndpoint() {
    publish(List.of());
    assertThat(endpoints.writes).isZero();
    publish(RECORDS);

    assertThat(publish(List.of())).isEmpty();
    assertThat(endpoints.held).isNull();
  }

  @Test
  void oneThatBelongsToSomethingElseIsLeftAndTold() {
    endpoints.held = new DNSEndpoint();
    endpoints.held.setMetadata(new ObjectMetaBuilder().withName("clinic1").build());
    endpoints.held.setSpec(new DNSEndpointSpec(List.of()));

    assertThat(publish(RECORDS))
        .hasValueSatisfying(
            verdict -> {
              assertThat(verdict.isTrue()).isFalse();
              assertThat(verdict.reason()).isEqualTo(Reason.DNSEndpointNotWritten);
              assertThat(verdict.message()).contains("DNSEndpoint clinic1", "delete it");
            });
    assertThat(publish(List.of())).isEmpty();
    assertThat(endpoints.writes).isZero();
  }

  @Test
  void aRefusalIsToldInTheApiServersWords() {
    endpoints.refusal =
        new KubernetesClientException(
            "x", 403, new StatusBuilder().withMessage("exceeded quota: dns").build());

    assertThat(publish(RECORDS).map(Verdict::message))
        .hasValueSatisfying(message -> assertThat(message).contains("exceeded quota: dns"));
  }

  @Test
  void anApiServerThatDoesNotAnswerIsToldToo() {
    endpoints.refusal = new KubernetesClientException("timeout");

    assertThat(publish(RECORDS).map(Verdict::message))
        .hasValueSatisfying(message -> assertThat(message).contains("does not answer"));
  }

  @Test
  void aRetainedClinicLeavesItsRecordsWithoutOwner() {
    publish(RECORDS);
    assertThat(DNSPublication.of(clinic, cluster()).isBound(clinic)).isTrue();

    DNSPublication.of(clinic, cluster()).orphan(clinic, cluster());

    assertThat(DNSPublication.of(clinic, cluster()).isBound(clinic)).isFalse();
    assertThat(endpoints.writes).isEqualTo(2);
    assertThat(endpoints.held.getMetadata().getOwnerReferences()).isEmpty();
    assertThat(endpoints.held.getSpec().endpoints()).hasSize(2);
    assertThat(publish(RECORDS)).as("a Clinic of that name takes it over").isEmpty();
    assertThat(endpoints.held.getMetadata().getOwnerReferences()).hasSize(1);
  }

  @Test
  void nothingIsPublishedUnlessItIsWanted() {
    DNSPublication dns = DNSPublication.of(clinic, new MemoryCluster());

    assertThat(dns.isDue(clinic, RECORDS)).isFalse();
    assertThat(dns.problem(clinic, RECORDS)).isEmpty();
  }

  private Optional<Verdict> publish(List<DNSRecord> records) {
    DNSPublication dns = DNSPublication.of(clinic, cluster());
    return (dns.isDue(clinic, records) ? dns.write(clinic, records, cluster()) : dns)
        .problem(clinic, records);
  }

  private Cluster cluster() {
    return new MemoryCluster().publishingTo(endpoints);
  }
}
