package dev.clinicnet.operator.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.controller.LeaseGuard;
import dev.clinicnet.operator.controller.OperatorOptions.LeaseOptions;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.RunningOperator;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes and one Lease: one works, the other waits. */
@SuppressWarnings("try") // An operator only has to run.
class LeaderIT extends InOneNamespace {
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final Duration A_WHILE = Duration.ofSeconds(3);

  private KubernetesClient client;

  @BeforeEach
  void makeClient() {
    namespace.allowLeases();
    client = namespace.operatorClient();
  }

  @AfterEach
  void closeClient() {
    client.close();
  }

  @Test
  void aStandbyDoesNothingUntilTheLeaderIsGone() {
    manifests.apply("examples/clinic1");
    ClinicOperator standby;
    try (ClinicOperator leader = start("one")) {
      manifests.awaitAllReady();
      account.forgetRequests();
      standby = start("two");
      await()
          .during(A_WHILE)
          .atMost(A_WHILE.multipliedBy(4))
          .until(() -> account.requests().isEmpty());
    }

    try (standby) {
      manifests.apply("examples/clinic2");

      manifests.awaitAllReady();
      assertThat(account.all("service_users")).hasSize(2);
      assertThat(account.all("credentials")).hasSize(2);
      assertThat(account.all("reserved_addrs")).hasSize(1);
      assertThat(account.writes()).containsEntry("POST /service_users", 1);
    }
  }

  @Test
  void nobodyWritesWithoutTheLease() {
    LeaseGuard guard = new LeaseGuard(client, lease("one"), Clock.systemUTC(), System::nanoTime);
    assertRefused(guard, "another process leads");

    hold("one", ZonedDateTime.now(ZoneOffset.UTC));
    guard.check();

    hold("two", ZonedDateTime.now(ZoneOffset.UTC));
    assertRefused(guard, "another process leads");

    hold("one", ZonedDateTime.now(ZoneOffset.UTC).minus(LEASE));
    assertRefused(guard, "run out");
  }

  private static void assertRefused(LeaseGuard guard, String why) {
    assertThatThrownBy(guard::check)
        .isInstanceOfSatisfying(
            NgrokException.class, e -> assertThat(e.failure()).isEqualTo(Failure.NOT_LEADING))
        .hasMessageContaining(why);
  }

  private void hold(String holder, ZonedDateTime renewed) {
    namespace
        .admin()
        .leases()
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(namespace.name())
                .withName(ClinicOperator.NAME)
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds((int) LEASE.toSeconds())
                .withRenewTime(renewed)
                .endSpec()
                .build())
        .serverSideApply();
  }

  private ClinicOperator start(String identity) {
    return RunningOperator.on(client, namespace.name(), account.url())
        .withLease(lease(identity))
        .start();
  }

  private LeaseOptions lease(String identity) {
    return new LeaseOptions(namespace.name(), ClinicOperator.NAME, identity, LEASE);
  }
}
