package dev.clinicnet.operator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The harness itself: what other tests take for granted of an operator that is a process. */
class OperatorProcessIT extends InOneNamespace {
  @RegisterExtension final OperatorProcesses operators = new OperatorProcesses(namespace);

  @Test
  void aProcessConvergesStandsStillGoesOnAndStops() {
    manifests.apply("examples/clinic1");
    OperatorProcess operator = operators.start(account.url()).awaitReady();
    manifests.awaitAllReady();
    assertThat(operator.health("/livez")).hasValue(200);
    assertThat(operator.log()).doesNotContain(RunningOperator.API_KEY);

    operator.freeze();
    assertThat(operator.health("/livez")).isEmpty();
    operator.thaw();
    assertThat(operator.health("/livez")).hasValue(200);

    assertThat(operator.stop()).isEqualTo(ExitReason.STOPPED.code());
    assertThat(operator.isAlive()).isFalse();
    assertThatThrownBy(operator::awaitReady).hasMessageContaining("has ended with 0");
  }

  @Test
  void whoIsElectedSaysSo() {
    OperatorProcess operator = operators.elected().start(account.url()).awaitLeading();

    assertThat(namespace.admin().leases().withName(ClinicOperator.NAME).get().getSpec())
        .satisfies(lease -> assertThat(lease.getHolderIdentity()).startsWith(operator.name()));
    operator.freeze();
    operator.close();
    assertThat(operator.isAlive()).isFalse();
  }
}
