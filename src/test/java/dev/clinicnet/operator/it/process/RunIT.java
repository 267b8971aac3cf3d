package dev.clinicnet.operator.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.controller.ExitReason;
import dev.clinicnet.testkit.Examples;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.OperatorProcess;
import dev.clinicnet.testkit.OperatorProcesses;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.Settled;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code run} as a process, with the rights that {@code deploy/base} grants. */
class RunIT extends InOneNamespace {
  @RegisterExtension final OperatorProcesses operators = new OperatorProcesses(namespace);

  @Test
  void toldToStopItStopsInOrder() throws Exception {
    OperatorProcess operator =
        operators
            .elected()
            .without("--instance")
            .withVariable("LOG_FORMAT", "json")
            .start(account.url())
            .awaitReady()
            .awaitLeading();

    assertThat(operator.stop()).isEqualTo(ExitReason.STOPPED.code());

    assertThat(operator.log())
        .contains("\"stopping\"", "\"stopped\"", "started as instance " + clusterUID())
        .doesNotContain(RunningOperator.API_KEY);
    for (String line : operator.log().lines().toList()) {
      JsonNode json = new JsonMapper().readTree(line);
      assertThat(json.path("level").asText()).as(line).isEqualTo("INFO");
      assertThat(json.has("message")).isTrue();
    }
  }

  @Test
  void theRecordOfASessionThatEndedIsRemovedInTime() {
    manifests.applyText(Examples.clinic("WhenUnused"));
    manifests.applyText(
        """
        apiVersion: clinicnet.dev/v1alpha1
        kind: ClinicSession
        metadata:
          name: s1
          annotations: {clinicnet.dev/requested-by: somebody}
        spec: {serviceRef: {name: rest-api}, duration: 10m}
        """);
    manifests.applyText(
        """
        apiVersion: clinicnet.dev/v1alpha1
        kind: ClinicSession
        metadata: {name: s2}
        spec: {serviceRef: {name: not-there-yet}, duration: 10m}
        """);

    OperatorProcess operator =
        operators.alone().with("--session-retention", "1s").start(account.url());

    eventually(() -> assertThat(manifests.session("s1")).isNull());
    Settled.awaitStill(() -> manifests.session("s2") != null);
    assertThat(operator.isAlive()).isTrue();
  }

  @Test
  void whoLosesTheLeaseEnds() {
    OperatorProcess operator = operators.elected().start(account.url()).awaitLeading();
    await().atMost(Duration.ofSeconds(60)).until(() -> account.requests().size() >= 6);

    namespace.admin().leases().withName(ClinicOperator.NAME).edit(RunIT::taken);

    assertThat(operator.awaitExit()).isEqualTo(ExitReason.LEASE_LOST.code());
    assertThat(operator.log()).contains("lost the Lease");
  }

  private String clusterUID() {
    return namespace.admin().namespaces().withName("kube-system").get().getMetadata().getUid();
  }

  private static Lease taken(Lease lease) {
    lease.getSpec().setHolderIdentity("somebody-else");
    lease.getSpec().setLeaseDurationSeconds(3600);
    return lease;
  }
}
