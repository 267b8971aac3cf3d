package dev.clinicnet.operator.service;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.AddressStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.claim.ServiceBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Holders;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service whose names another object has taken, because it hands them over or not. */
class GivenAwayTest {
  private static final String HAND_OVER = "clinicnet.dev/hand-over-to";
  private static final String URL = "tcp://9.tcp:9";
  private static final Mark TAKER =
      Mark.of("i", new Owner("ClinicService", "elsewhere", "db2"), "uid", "two");

  /** To whom it hands over, and whether what the other has is still among its own. */
  @ParameterizedTest
  @CsvSource({"elsewhere/db2, false", "elsewhere/db3, true", "'', true"})
  void whatItHandedOverIsNotInItsStatusAndNoLoss(String to, boolean kept) {
    // Given
    ClinicService giver = giver(to);
    ServiceScene scene = scene(giver).addr("ra_9", "9.tcp:9", TAKER);
    scene.endpoint("ep_1", URL, TAKER, null);
    // When
    ClinicServiceStatus status = scene.decide().status();
    // Then
    assertThat(status.address() != null).isEqualTo(kept);
    assertThat(status.endpoint() != null).isEqualTo(kept);
    assertThat(status.publicURL() != null).isEqualTo(kept);
    assertThat(
            ServiceLosses.of(
                    giver,
                    scene.inventory,
                    new Settings("i", Duration.ZERO),
                    new Holders(scene.others))
                .isEmpty())
        .isEqualTo(!kept);
  }

  @Test
  void whoHandsOverHasNoOtherAddressReserved() {
    // Given
    ServiceScene scene = scene(giver("elsewhere/db2")).addr("ra_9", "9.tcp:9", TAKER);
    ServiceScene keeping = scene(giver("elsewhere/db2"));
    keeping.addr("ra_9", "9.tcp:9", keeping.mark().withNonce("n"));
    // Then
    assertThat(scene.steps()).isEmpty();
    assertThat(reason(scene)).isEqualTo(Reason.AddressNotOwned);
    assertThat(reason(keeping)).as("until it is taken").isEqualTo(Reason.Accepted);
    assertThat(scene(giver("")).addr("ra_9", "9.tcp:9", TAKER).steps())
        .containsExactly("create reserved_addrs for ClinicService clinics/db");
  }

  @Test
  void aDomainThatIsHandedToItsClinicDoesNotKeepItsHost() {
    // Given
    ServiceScene given = page("clinics/clinic1");
    ServiceScene kept = page("clinics/another");
    // Then
    assertThat(reason(given)).isEqualTo(Reason.Accepted);
    assertThat(reason(kept)).isEqualTo(Reason.HostConflict);
  }

  private static ServiceScene page(String to) {
    return ServiceScene.of(service("page").https("web.api.com").build())
        .in(ServiceDecisionTest.acceptedClinic())
        .domain("*.api.com")
        .hostClinic(
            clinic("one")
                .namespace("elsewhere")
                .exclusive("*.api.com")
                .annotation(HAND_OVER, to)
                .status(ServiceScene.accepted(true))
                .build());
  }

  private static ClinicService giver(String to) {
    ClinicServiceStatus last =
        serviceStatus()
            .publicURL(URL)
            .address(new AddressStatus("ra_9", "9.tcp:9", "n"))
            .endpoint(new EndpointStatus("ep_1", "p", "e"))
            .build();
    ServiceBuilder builder = service("db").tcp().status(last);
    return (to.isEmpty() ? builder : builder.annotation(HAND_OVER, to)).build();
  }

  private static ServiceScene scene(ClinicService giver) {
    ServiceScene scene = ServiceScene.of(giver).in(ServiceDecisionTest.acceptedClinic());
    scene.others.add(
        service("db2").namespace("elsewhere").clinic("two").tcp(null, "9.tcp:9").build());
    return scene;
  }

  private static Reason reason(ServiceScene scene) {
    return scene.decide().assessment().get(ConditionType.Accepted).orElseThrow().reason();
  }
}
