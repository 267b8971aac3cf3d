package dev.clinicnet.operator.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.controller.ExitReason;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.OperatorProcess;
import dev.clinicnet.testkit.OperatorProcesses;
import dev.clinicnet.testkit.RunningOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests the test kit for an operator as a process, on which other tests depend. */
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
    eventually(() -> assertThat(operator.health("/livez")).isEmpty());
    operator.thaw();
    eventually(() -> assertThat(operator.health("/livez")).hasValue(200));

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
