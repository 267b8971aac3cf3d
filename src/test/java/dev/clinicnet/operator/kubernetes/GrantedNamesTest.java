package dev.clinicnet.operator.kubernetes;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.DomainStatus;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.api.v1alpha1.NamespaceGrant;
import dev.clinicnet.operator.api.v1alpha1.OnRevoked;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.inventory.Inventory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrantedNamesTest {
  /** Shared wildcards and hosts below them, and every internal domain. */
  private static final Grant GRANT =
      new Grant(
          Optional.of("default"),
          "clinics",
          OnRevoked.Retain,
          List.of(
              new NamespaceGrant(
                  "g",
                  null,
                  List.of(),
                  List.of("*.api.com"),
                  List.of("b-*.api.com"),
                  List.of("**"),
                  null,
                  List.of(),
                  false,
                  null,
                  null,
                  null)));

  private static final String MINE = "b-1.api.com";
  private static final String LOGIN = "login.api.com";

  @Test
  void aRefusedClinicKeepsOthersFromWhatItHoldsAndNotFromWhatItAsksFor() {
    // Given
    Clinic clinic =
        clinic("clinic1")
            .exclusive("held.com")
            .exclusive("*.api.com")
            .exclusive("asked.com")
            .shared("*.asked.org")
            .agentAPI(LOGIN)
            .status(status("held.com", "*.api.com"))
            .build();
    // When
    Clinic rival = names(new MemoryCluster().granting(GRANT)).rival(clinic).orElseThrow();
    // Then
    assertThat(rival.getSpec().domains())
        .as("each as it is held: the wildcard was shared")
        .containsExactly(new ClinicDomain("held.com", false), new ClinicDomain("*.api.com", true));
    assertThat(rival.getSpec().agent().api()).isNull();
    assertThat(rival.getMetadata()).isEqualTo(clinic.getMetadata());
    assertThat(rival.getSpec().internalDomain()).isEqualTo(clinic.getSpec().internalDomain());
  }

  @Test
  void aClinicWithItsGrantIsARivalForAllThatItAsksForAndARefusedOneWithoutAnythingForNothing() {
    Clinic granted = clinic("clinic1").shared("*.api.com").build();
    Clinic refused = clinic("clinic1").exclusive("asked.com").build();
    assertThat(names(new MemoryCluster().granting(GRANT)).rival(granted)).containsSame(granted);
    assertThat(names(new MemoryCluster().granting(GRANT)).rival(refused)).isEmpty();
    assertThat(names(new MemoryCluster()).rival(refused)).containsSame(refused);
  }

  @Test
  void aRefusedServiceKeepsOthersOnlyFromTheHostWhereItIsServed() {
    Clinic sharing = clinic("clinic1").shared("*.api.com").build();
    assertThat(contends(MINE, null, sharing)).isTrue();
    assertThat(contends(LOGIN, null, sharing)).isFalse();
    assertThat(contends(LOGIN, MINE, sharing)).as("it holds another").isFalse();
    assertThat(contends(LOGIN, LOGIN, sharing)).as("its grant has shrunk").isTrue();
  }

  @Test
  void aServiceOfAClinicThatIsRefusedOrMissingKeepsNobodyFromAHost() {
    Clinic greedy = clinic("clinic1").exclusive(LOGIN).build();
    assertThat(contends(LOGIN, MINE, greedy)).isFalse();
    assertThat(contends(MINE, null, clinic("another").build())).isFalse();
  }

  private static GrantedNames names(MemoryCluster cluster) {
    return new GrantedNames(cluster, new Inventory(), new Settings("i", Duration.ofDays(7)));
  }

  private static boolean contends(String host, String served, Clinic clinic) {
    ClinicService service =
        service("web").https(host).status(served == null ? null : serving(served)).build();
    return names(new MemoryCluster().granting(GRANT).add(clinic).add(service)).contends(service);
  }

  private static ClinicServiceStatus serving(String host) {
    return serviceStatus()
        .publicURL("https://" + host)
        .endpoint(new EndpointStatus("ep_1", "p", "e"))
        .build();
  }

  /** It has these domains, the first one for itself. */
  private static ClinicStatus status(String... names) {
    return clinicStatus()
        .domains(
            Arrays.stream(names)
                .map(name -> new DomainStatus(name, "rd_" + name, null, null, null))
                .toList())
        .authtoken(
            new AuthtokenStatus(
                "cr_1",
                "2026-01-01T00:00:00Z",
                List.of("bind:" + names[0]),
                null,
                null,
                null,
                null))
        .build();
  }
}
