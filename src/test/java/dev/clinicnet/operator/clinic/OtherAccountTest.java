package dev.clinicnet.operator.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.claim.KnownID;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.ScriptedNgrok;
import dev.clinicnet.operator.reconcile.Outcome;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The account turns out to be another one while a pass is under way. */
class OtherAccountTest extends ClinicAtWork {
  @Test
  void aDeletionThatFindsNothingThereIsNotDone() {
    clinic.getMetadata().setDeletionTimestamp("2026-03-01T00:00:00Z");
    cluster.beforeSecretsAreRead(this::listAnotherAccount);

    Outcome outcome = cleanUp();

    assertThat(outcome).isNotEqualTo(Outcome.deleted());
    assertThat(reason(ConditionType.Programmed)).isEqualTo("AccountMismatch");
  }

  /** The lists are judged before they are taken in, as by the sweeper. */
  private void listAnotherAccount() {
    account
        .guard()
        .check(
            IntStream.range(0, 5)
                .mapToObj(i -> new KnownID(Resource.RESERVED_DOMAINS, "rd_" + i))
                .toList(),
            id -> true,
            true);
    new ScriptedNgrok().sweepInto(scene.inventory);
  }
}
