package dev.clinicnet.operator.reconcile;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.account.AccountGuard;
import dev.clinicnet.operator.account.AccountGuard.Mismatch;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.DriftPolicy;
import dev.clinicnet.operator.claim.KnownID;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.Step;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WritePermissionTest {
  private static final Step ASKED_FOR = new Step.Delete(Resource.ENDPOINTS, "ep_1", "tcp://a:1");
  private static final Step DRIFT =
      new Step.Update<>(
          Resource.RESERVED_ADDRS,
          "ra_1",
          new ReservedAddr.Update(null, "m"),
          "a:1",
          Lane.BULK,
          List.of(new Drift("reserved_addrs", "a:1", "metadata", "a mark", "nothing")));
  private static final List<Step> BOTH = List.of(ASKED_FOR, DRIFT);

  private static final Clinic OBJECT = clinic("clinic1").annotation("a", "b").build();

  private final AccountGuard guard = new AccountGuard();

  @Test
  void everythingIsPermittedByDefault() {
    WritePermission permission =
        WritePermission.of(guard, clinic("clinic1").build().getSpec(), OBJECT);

    assertThat(permission.permitted(BOTH)).isEqualTo(BOTH);
    assertThat(permission.withheld(BOTH)).isEmpty();
    assertThat(permission.left(BOTH)).isEmpty();
    assertThat(permission.forbidsAll()).isFalse();
  }

  @Test
  void suspensionWithholdsEveryStepAndSaysWhich() {
    WritePermission permission =
        WritePermission.of(guard, clinic("clinic1").suspended().build().getSpec(), OBJECT);

    assertThat(permission.permitted(BOTH)).isEmpty();
    assertThat(permission.withheld(List.of())).isEmpty();
    assertThat(permission.withheld(BOTH))
        .hasValueSatisfying(
            verdict -> {
              assertThat(verdict.reason()).isEqualTo(Reason.Suspended);
              assertThat(verdict.message())
                  .contains("delete endpoints tcp://a:1", "metadata of reserved_addrs a:1");
            });
  }

  @Test
  void suspensionNeverHoldsADeletionBack() {
    WritePermission permission = WritePermission.forDeletion(guard, OBJECT);

    assertThat(permission.permitted(BOTH)).isEqualTo(BOTH);
  }

  @Test
  void reportingWithholdsDriftAlone() {
    WritePermission permission =
        WritePermission.of(
            guard, clinic("clinic1").driftPolicy(DriftPolicy.Report).build().getSpec(), OBJECT);

    assertThat(permission.permitted(BOTH)).containsExactly(ASKED_FOR);
    assertThat(permission.withheld(List.of(ASKED_FOR))).isEmpty();
    assertThat(permission.withheld(BOTH)).map(Verdict::reason).contains(Reason.DriftDetected);
    assertThat(permission.withheld(BOTH))
        .map(Verdict::message)
        .hasValueSatisfying(text -> assertThat(text).contains("metadata of reserved_addrs a:1"));
    assertThat(permission.left(BOTH)).isEqualTo(DRIFT.drift());
  }

  @Test
  void theWrongAccountForbidsEverythingEvenDeletion() {
    // Given
    mismatch();
    // When
    WritePermission permission = WritePermission.forDeletion(guard, OBJECT);
    // Then
    assertThat(permission.forbidsAll()).isTrue();
    assertThat(permission.permitted(BOTH)).isEmpty();
    assertThat(permission.left(BOTH)).as("of the wrong account").isEmpty();
    assertThat(permission.withheld(List.of()))
        .map(Verdict::reason)
        .contains(Reason.AccountMismatch);
  }

  @Test
  void notEvenTheWrongAccountHoldsBackWhatCutsASiteOff() {
    // Given
    Step closing = new Step.Delete(Resource.CREDENTIALS, "cr_1", "cr_1", Cause.CLOSING);
    mismatch();
    // When
    WritePermission permission = WritePermission.forQuarantine(guard, OBJECT);
    // Then
    assertThat(permission.permitted(List.of(closing, ASKED_FOR))).containsExactly(closing);
    assertThat(permission.forbidsAll()).as("so that no deletion ends").isTrue();
    assertThat(permission.withheld(List.of()))
        .map(Verdict::reason)
        .contains(Reason.AccountMismatch);
  }

  @Test
  void theMessageTellsTheAnnotationThatConfirms() {
    // Given
    mismatch();
    String code = guard.blocking(null).map(Mismatch::code).orElseThrow();
    var spec = clinic("clinic1").build().getSpec();
    // Then
    assertThat(WritePermission.of(guard, spec, OBJECT).withheld(BOTH))
        .hasValueSatisfying(
            verdict ->
                assertThat(verdict.message())
                    .contains("clinicnet.dev/confirm-account=" + code, "8 of 8"));
    Clinic confirmed = clinic("clinic1").annotation("clinicnet.dev/confirm-account", code).build();
    assertThat(WritePermission.of(guard, spec, confirmed).permitted(BOTH)).isEqualTo(BOTH);
  }

  private void mismatch() {
    guard.check(
        IntStream.range(0, 8)
            .mapToObj(i -> new KnownID(Resource.RESERVED_ADDRS, "ra_" + i))
            .toList(),
        id -> true,
        true);
  }
}
