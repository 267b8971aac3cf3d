package dev.clinicnet.operator.it.converge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The operator is restarted at any moment. Nothing is created twice, and a converged account gets
 * no requests.
 */
@SuppressWarnings("try") // An operator only has to run.
class RestartIT extends InOneNamespace {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration A_WHILE = Duration.ofSeconds(3);

  @Test
  void aRestartAfterConvergenceWritesNothing() {
    applyBoth();
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      manifests.awaitClinic("clinic1", ConditionType.DomainsReady, "DomainsReady");
      manifests.awaitClinic("clinic2", ConditionType.DomainsReady, "DomainsReady");
    }
    account.forgetRequests();
    Map<String, String> before = manifests.resourceVersions();

    try (ClinicOperator next = operator().start()) {
      await().atMost(PATIENCE).until(() -> account.requests().containsKey("GET /tunnel_sessions"));
      await()
          .during(A_WHILE)
          .atMost(A_WHILE.multipliedBy(4))
          .until(() -> account.writes().isEmpty());

      assertThat(manifests.resourceVersions()).isEqualTo(before);
    }
  }

  @Test
  void manifestsThatWereAppliedWhileNobodyWorkedAreMadeOnce() {
    operator().start().close();
    applyBoth();

    try (ClinicOperator next = operator().start()) {
      assertEverythingOnce();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 7, 9})
  void aRestartInTheMiddleOfTheWorkMakesNothingTwice(int writes) {
    applyBoth();
    try (ClinicOperator operator = operator().start()) {
      await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> written() >= writes);
    }

    try (ClinicOperator next = operator().start()) {
      assertEverythingOnce();
    }
  }

  private void applyBoth() {
    manifests.apply("examples/clinic1");
    manifests.apply("examples/clinic2");
  }

  private int written() {
    return account.writes().values().stream().mapToInt(Integer::intValue).sum();
  }

  private void assertEverythingOnce() {
    manifests.awaitAllReady();
    assertThat(account.all("service_users")).hasSize(2);
    assertThat(account.all("credentials")).hasSize(2);
    assertThat(account.all("reserved_addrs")).hasSize(1);
    assertThat(account.all("reserved_domains")).hasSize(3);
    List<String> urls = account.names("endpoints", "url");
    // The endpoints are two of https, one of tcp, and that of the agent's API.
    assertThat(new HashSet<>(urls)).hasSameSizeAs(urls).hasSize(4);
    for (String clinic : List.of("clinic1", "clinic2")) {
      var authtoken = manifests.clinic(clinic).getStatus().authtoken();
      assertThat(account.names("credentials", "id")).contains(authtoken.credentialID());
      assertThat(authtoken.retiring()).isEmpty();
    }
  }
}
