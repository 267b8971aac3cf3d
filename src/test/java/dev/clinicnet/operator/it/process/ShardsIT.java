package dev.clinicnet.operator.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.RunningOperator;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two operators in one cluster, each with namespaces and an account of its own. */
@SuppressWarnings("try") // An operator only has to run.
class ShardsIT extends InOneNamespace {
  private static final Duration A_WHILE = Duration.ofSeconds(2);

  @RegisterExtension final FreshNamespace other = FreshNamespace.withoutControllers();

  private NgrokAccount otherAccount;
  private Manifests otherManifests;
  private KubernetesClient client;

  @BeforeEach
  void openOther() {
    otherAccount = NgrokAccount.open();
    otherManifests = new Manifests(other.admin(), other.name());
    client = other.operatorClient();
  }

  @AfterEach
  void closeOther() {
    client.close();
    otherAccount.close();
  }

  @Test
  void eachWorksOnItsOwnNamespaceAndAccount() {
    try (ClinicOperator first = watchfulOperator().start();
        ClinicOperator second = otherOperator()) {
      manifests.apply("examples/clinic1");
      otherManifests.apply("examples/clinic1");
      manifests.awaitAllReady();
      otherManifests.awaitAllReady();

      assertThat(marks(account)).isEqualTo(Map.of("test-" + namespace.name(), endpoints(account)));
      assertThat(marks(otherAccount))
          .isEqualTo(Map.of("test-" + other.name(), endpoints(otherAccount)));
      account.forgetRequests();
      otherAccount.forgetRequests();
      await()
          .during(A_WHILE)
          .atMost(A_WHILE.multipliedBy(5))
          .until(() -> account.writes().isEmpty() && otherAccount.writes().isEmpty());
    }
  }

  @Test
  void whenOneAccountFailsTheOtherGoesOn() {
    try (ClinicOperator first = watchfulOperator().start();
        ClinicOperator second = otherOperator()) {
      manifests.apply("examples/clinic1");
      manifests.awaitAllReady();
      account.fault("{\"path\": \"/*\", \"status\": 500, \"times\": 1000000}");

      otherManifests.apply("examples/clinic1");
      otherManifests.awaitAllReady();
      otherManifests.deleteAll();
      otherManifests.awaitGone();

      assertThat(otherAccount.all("endpoints")).isEmpty();
      assertThat(manifests.clinics()).hasSize(1);
      assertThat(account.all("endpoints")).isNotEmpty();
    }
  }

  private ClinicOperator otherOperator() {
    return RunningOperator.on(client, other.name(), otherAccount.url())
        .withIntervals(OFTEN, OFTEN)
        .start();
  }

  private static long endpoints(NgrokAccount account) {
    return account.all("endpoints").size();
  }

  /** How many endpoints have the mark of each instance. */
  private static Map<String, Long> marks(NgrokAccount account) {
    return account.all("endpoints").stream()
        .collect(Collectors.groupingBy(row -> mark(row).instance(), Collectors.counting()));
  }
}
