package dev.clinicnet.operator.kubernetes;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.AddressStatus;
import dev.clinicnet.operator.api.v1alpha1.AgentAPIStatus;
import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.DomainStatus;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.api.v1alpha1.RetiringCredential;
import dev.clinicnet.operator.api.v1alpha1.VaultSecretStatus;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.claim.HeldIDs;
import dev.clinicnet.operator.claim.ServiceBuilder;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The mark of {@code b} was copied by hand onto what {@code a} has. */
class CopiedMarksTest {
  private static final String URL = "https://a.api.com";
  private static final Mark COPY =
      Mark.of("i", new Owner("ClinicService", "clinics", "b"), "uid-b", "clinic1");

  private final MemoryCluster manifests = new MemoryCluster();

  @Test
  void whatAStatusNamesIsItsOwnAndNotTheMarkedOnes() {
    ServiceBuilder a = having("a", "ep_1");
    ServiceBuilder b = having("b", "ep_2");

    assertThat(seenBy(a, b).isOwn(Optional.of(COPY), "ep_1", URL)).isTrue();
    assertThat(seenBy(b, a).isAnothers("ep_1", URL)).isTrue();
    assertThat(seenBy(b, a).isAnothers("ep_2", URL)).as("its own").isFalse();
    assertThat(seenBy(b, a).isAnothers("ep_3", URL)).as("nobody's").isFalse();
    assertThat(seenBy(a, b).isOwn(Optional.of(COPY), "ep_3", URL))
        .as("not in its status")
        .isFalse();
  }

  @Test
  void whatTheMarkedOneAsksForIsNoCopy() {
    ServiceBuilder a = having("a", "ep_1");
    ServiceBuilder asks = having("b", "ep_2").https("a.api.com");
    ServiceBuilder has = having("b", "ep_1");

    for (ServiceBuilder b : List.of(asks, has)) {
      assertThat(seenBy(a, b).isOwn(Optional.of(COPY), "ep_1", URL)).isFalse();
      assertThat(seenBy(b, a).isAnothers("ep_1", URL)).isFalse();
    }
  }

  @Test
  void whatIsHandedOverIsNoCopy() {
    ServiceBuilder a = having("a", "ep_1").annotation(Annotations.HAND_OVER_TO, "clinics/b");
    ServiceBuilder b = having("b", "ep_2");

    assertThat(seenBy(a, b).isOwn(Optional.of(COPY), "ep_1", URL)).isFalse();
    assertThat(seenBy(b, a).isAnothers("ep_1", URL)).isFalse();
  }

  @Test
  void aMarkOfAnotherInstallationIsNotTakenBack() {
    Mark foreign = Mark.of("x", COPY.owner().orElseThrow(), "uid-b", "clinic1");

    assertThat(
            seenBy(having("a", "ep_1"), having("b", "ep_2"))
                .isOwn(Optional.of(foreign), "ep_1", URL))
        .isFalse();
    assertThat(
            seenBy(having("a", "ep_1"), having("b", "ep_2"))
                .isOwn(Optional.of(Mark.shared("i")), "ep_1", URL))
        .as("of the installation alone")
        .isFalse();
  }

  @Test
  void aMarkOfNobodyIsTakenBack() {
    assertThat(
            new CopiedMarks("i", add(having("a", "ep_1")), holders())
                .isOwn(Optional.of(COPY), "ep_1", URL))
        .isTrue();
  }

  @Test
  void everyIdOfAStatusCounts() {
    ClinicBuilder holder =
        clinic("c")
            .status(
                clinicStatus()
                    .domains(List.of(new DomainStatus("a.com", "rd_1", null, null, null)))
                    .authtoken(
                        new AuthtokenStatus(
                            "cr_1",
                            null,
                            List.of(),
                            List.of(new RetiringCredential("cr_0", "2026-01-01T00:00:00Z", null)),
                            null,
                            null,
                            null))
                    .agentAPI(new AgentAPIStatus(new EndpointStatus("ep_9", null, null), "s", null))
                    .build());

    assertThat(HeldIDs.of(holder.build()))
        .containsExactlyInAnyOrder("rd_1", "cr_1", "cr_0", "ep_9");
    assertThat(HeldIDs.of(having("a", "ep_1").build()))
        .containsExactlyInAnyOrder("ep_1", "ra_ep_1", "vs_ep_1");
    assertThat(HeldIDs.of(service("a").build())).isEmpty();
  }

  private static ServiceBuilder having(String name, String endpoint) {
    return service(name)
        .status(
            serviceStatus()
                .address(new AddressStatus("ra_" + endpoint, "1.tcp:1", "n"))
                .endpoint(new EndpointStatus(endpoint, "p", "e"))
                .vaultSecrets(List.of(new VaultSecretStatus("s", "vs_" + endpoint)))
                .build());
  }

  /** The view of the first object while the second one exists. */
  private CopiedMarks seenBy(ServiceBuilder one, ServiceBuilder other) {
    MemoryCluster both = new MemoryCluster();
    both.add(one.build());
    both.add(other.build());
    return new CopiedMarks("i", one.build(), new Holders(both));
  }

  private HasMetadata add(ServiceBuilder one) {
    manifests.add(one.build());
    return one.build();
  }

  private Holders holders() {
    return new Holders(manifests);
  }
}
