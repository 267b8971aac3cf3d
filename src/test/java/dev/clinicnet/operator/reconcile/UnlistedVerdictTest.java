package dev.clinicnet.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Unseen;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.plan.Run;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnlistedVerdictTest {
  private static final Unseen FAILS =
      new Unseen(Reason.PlatformUnavailable, Instant.parse("2026-11-30T10:00:00Z"), "ngrok failed");

  private final Clinic clinic = ClinicBuilder.clinic("clinic1").build();

  @Test
  void aVerdictOnTheManifestStaysWhileTheAccountIsNotListed() {
    assertThat(verdict(Reason.PolicyRejected, Optional.of(FAILS)).reason())
        .isEqualTo(Reason.PolicyRejected);
  }

  @Test
  void aPromisedWaitStaysWhileNothingFails() {
    assertThat(verdict(Reason.WaitingForBudget, Optional.empty()).reason())
        .isEqualTo(Reason.WaitingForBudget);
  }

  @Test
  void aPromisedWaitEndsWhenThePlatformFails() {
    Verdict verdict = verdict(Reason.WaitingForBudget, Optional.of(FAILS));

    assertThat(verdict.status()).isEqualTo(ConditionStatus.Unknown);
    assertThat(verdict.reason()).isEqualTo(Reason.PlatformUnavailable);
  }

  private Verdict verdict(Reason before, Optional<Unseen> failure) {
    Condition programmed =
        new Condition(
            "Programmed",
            ConditionStatus.False,
            clinic.getMetadata().getGeneration(),
            "2026-11-30T09:00:00Z",
            before.name(),
            "As it was.");
    return UnlistedVerdict.of(
        clinic, Run.none(), Optional.empty(), Optional.empty(), failure, List.of(programmed));
  }
}
