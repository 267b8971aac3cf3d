package dev.clinicnet.operator.reconcile;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastVerdictsTest {
  private static final Verdict LISTING = Verdict.unknown(Reason.Pending, "being listed");

  @Test
  void thatAnOlderManifestWasAcceptedIsNotSaidOfANewOne() {
    assertThat(accepted(judged("Accepted", ConditionStatus.True, 1L)).isTrue()).isTrue();
    assertThat(accepted(judged("Accepted", ConditionStatus.True, 2L)))
        .isEqualTo(Verdict.unknown(Reason.Pending, "The manifest is not processed yet."));
    assertThat(accepted(judged("NotGranted", ConditionStatus.False, 2L)).reason())
        .isEqualTo(Reason.NotGranted);
  }

  private static Verdict accepted(Clinic clinic) {
    return LastVerdicts.with(LISTING, clinic, clinic.getStatus().conditions())
        .get(ConditionType.Accepted)
        .orElseThrow();
  }

  /** A Clinic of a generation, of which the first was judged. */
  private static Clinic judged(String reason, ConditionStatus status, long generation) {
    Condition accepted =
        new Condition("Accepted", status, 1L, "2026-01-01T00:00:00Z", reason, "a message");
    Clinic clinic =
        clinic("clinic1").status(clinicStatus().conditions(List.of(accepted)).build()).build();
    clinic.getMetadata().setGeneration(generation);
    return clinic;
  }
}
