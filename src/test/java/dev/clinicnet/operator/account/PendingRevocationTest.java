package dev.clinicnet.operator.account;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingRevocationTest {
  private static final ClinicStatus WITH_TOKEN =
      clinicStatus()
          .authtoken(new AuthtokenStatus("cr_1", null, List.of(), List.of(), null, null, null))
          .build();

  private final Inventory inventory = new Inventory();

  @Test
  void aTerminatingClinicStillHasToRevokeItsAuthtoken() {
    assertThat(pending(terminating())).isTrue();
    assertThat(pending(clinic("clinic1").status(WITH_TOKEN))).isFalse();
  }

  @Test
  void itHasNothingLeftAfterTheRevocation() {
    inventory.deleted(Resource.CREDENTIALS, "cr_1");

    assertThat(pending(terminating())).isFalse();
  }

  @Test
  void whatStaysIsNotRevoked() {
    assertThat(pending(terminating().deletionPolicy(DeletionPolicy.Retain))).isFalse();
    assertThat(pending(terminating().annotation(Annotations.ABANDON, "true"))).isFalse();
    assertThat(pending(clinic("clinic1").terminating())).isFalse();
  }

  private boolean pending(ClinicBuilder clinic) {
    return PendingRevocation.isOf(clinic.build(), inventory);
  }

  private static ClinicBuilder terminating() {
    return clinic("clinic1").terminating().status(WITH_TOKEN);
  }
}
