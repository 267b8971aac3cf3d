package dev.clinicnet.operator.clinic;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.DomainStatus;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.kubernetes.Holders;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Domains that a Clinic hands over to another one. */
class HandedOverDomainsTest {
  private static final Mark OTHER =
      ClinicScene.mark(clinic("clinic2").namespace("elsewhere").build());
  private static final ClinicStatus LAST =
      clinicStatus().domains(List.of(new DomainStatus("a.com", "rd_1", null, null, null))).build();
  private static final ClinicServiceStatus SERVED =
      serviceStatus()
          .publicURL("https://a.com")
          .endpoint(new EndpointStatus("ep_1", "p", "e"))
          .build();

  @Test
  void aSharedDomainThatIsAskedForAloneIsNoLoss() {
    Clinic clinic = clinic("clinic1").exclusive("a.com").status(LAST).build();
    ClinicScene scene = ClinicScene.of(clinic).domain("rd_1", "a.com", Mark.shared("i"));

    ClinicScene taken = ClinicScene.of(clinic).domain("rd_1", "a.com", Mark.shared("another"));

    assertThat(losses(clinic, scene)).isEmpty();
    assertThat(losses(clinic, taken)).hasSize(1);
  }

  @Test
  void whatWasHandedOverIsNoLossAndItsTokenMayNotBindIt() {
    // Given
    Clinic giver =
        clinic("clinic1")
            .exclusive("a.com")
            .annotation("clinicnet.dev/hand-over-to", "elsewhere/clinic2")
            .status(LAST)
            .build();
    ClinicScene scene = ClinicScene.of(giver).user().secret("cr_1", null);
    scene.credential("cr_1", scene.mark(), "bind:*.clinic1.internal", "bind:a.com");
    scene.domain("rd_1", "a.com", OTHER);
    // When
    ClinicDecision decision = scene.decide();
    // Then
    assertThat(accepted(decision)).isEqualTo(Reason.DomainNotOwned);
    assertThat(decision.status().domains()).isEmpty();
    assertThat(losses(giver, scene)).isEmpty();
    assertThat(decision.remote())
        .singleElement()
        .isInstanceOfSatisfying(
            Step.Update.class,
            update -> {
              assertThat(update.cause()).isEqualTo(Cause.CLOSING);
              assertThat(((Credential.Update) update.changes()).acl())
                  .containsExactly("bind:*.clinic1.internal");
            });
  }

  @Test
  void aServiceBelowADomainThatIsHandedOverIsNotInTheWay() {
    // Given
    Clinic giver =
        clinic("clinic2")
            .namespace("elsewhere")
            .exclusive("a.com")
            .annotation("clinicnet.dev/hand-over-to", "clinics/clinic1")
            .build();
    ClinicScene scene = ClinicScene.of(clinic("clinic1").exclusive("a.com").build()).rival(giver);
    scene.hostRival(
        service("web")
            .namespace("elsewhere")
            .clinic("clinic2")
            .https("a.com")
            .status(SERVED)
            .build());
    scene.domain("rd_1", "a.com", OTHER);
    // Then
    assertThat(scene.steps()).contains("update reserved_domains a.com");
    assertThat(accepted(scene.decide())).isEqualTo(Reason.Accepted);
  }

  private static Reason accepted(ClinicDecision decision) {
    return decision.assessment().get(ConditionType.Accepted).orElseThrow().reason();
  }

  private static List<Drift> losses(Clinic clinic, ClinicScene scene) {
    scene.decide();
    return ClinicLosses.of(
        clinic, scene.inventory, new Settings("i", Duration.ZERO), new Holders(scene.others));
  }
}
