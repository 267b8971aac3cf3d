package dev.clinicnet.operator.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.SiteKitStatus;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.claim.ServiceBuilder;
import org.junit.jupiter.api.Test;

class SeenClinicTest {
  @Test
  void decisionsGetNothingOfAClinicThatDoesNotWakeTheirService() {
    Clinic clinic = ClinicBuilder.clinic("clinic1").status(ServiceScene.accepted(true)).build();
    clinic.setStatus(withKit(clinic.getStatus(), new SiteKitStatus("kit", "new", "old", "keys")));
    ServiceScene scene = ServiceScene.of(ServiceBuilder.service("a").build()).in(clinic);

    Clinic seen = scene.observe().clinic().orElseThrow();

    assertThat(seen.getStatus().siteKit()).isEqualTo(new SiteKitStatus(null, null, null, "keys"));
    assertThat(SeenClinic.differs(seen, clinic)).isFalse();
  }

  private static ClinicStatus withKit(ClinicStatus status, SiteKitStatus kit) {
    return new ClinicStatus(
        status.observedGeneration(),
        status.conditions(),
        status.domains(),
        status.serviceUser(),
        status.authtoken(),
        kit,
        status.agents(),
        status.services(),
        status.dnsRecords(),
        status.agentAPI(),
        status.quarantinedSince(),
        status.agentsRestarted(),
        status.agentRestart(),
        status.internalDomain(),
        null);
  }
}
