package dev.clinicnet.operator.it.converge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.api.v1alpha1.CertificateState;
import dev.clinicnet.operator.api.v1alpha1.DNSRecord;
import dev.clinicnet.operator.api.v1alpha1.DomainStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.simulator.SimulatorOptions;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.MovableClock;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.RunningOperator;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Certificates take time and need DNS records. The status shows it, and nothing else waits for
 * them.
 */
@SuppressWarnings("try") // An operator only has to run.
@Execution(ExecutionMode.CONCURRENT)
class DomainsIT {
  private static final String SHARED = "*.api.example.com";
  private static final String OWN = "clinic1.example.org";
  private static final Duration CERTIFICATE = Duration.ofHours(1);
  private static final Duration AGENTS = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension final FreshNamespace namespace = FreshNamespace.withoutControllers();

  private final MovableClock clock = new MovableClock();
  private NgrokAccount account;
  private Manifests manifests;

  @BeforeEach
  void openAccount() {
    account =
        NgrokAccount.open(
            SimulatorOptions.defaults()
                .withoutRateLimit()
                .withCertificateDelay(CERTIFICATE)
                .withClock(clock));
    manifests = new Manifests(namespace.admin(), namespace.name());
  }

  @AfterEach
  void closeAccount() {
    account.close();
  }

  @Test
  void aCertificateThatIsBeingIssuedDoesNotHoldReadyBack() {
    try (ClinicOperator operator = converged()) {
      manifests.awaitClinic("clinic1", ConditionType.DomainsReady, "CertificatePending");
      assertReady();

      pass(CERTIFICATE);

      manifests.awaitClinic("clinic1", ConditionType.DomainsReady, "DomainsReady");
      assertThat(manifests.clinic("clinic1").getStatus().domains())
          .extracting(DomainStatus::certificate)
          .containsOnly(CertificateState.Ready);
      assertReady();
    }
  }

  @Test
  void wrongRecordsAreListedUntilTheyAreRight() {
    try (ClinicOperator operator = converged()) {
      account.dns(SHARED, "DNS_ERROR");

      manifests.awaitClinic("clinic1", ConditionType.DomainsReady, "WaitingForDNS");
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(domainsReadyMessage())
                      .contains(cname(SHARED), acme(SHARED), cname(OWN)));
      assertReady();

      account.dns(SHARED, null);
      pass(CERTIFICATE);

      manifests.awaitClinic("clinic1", ConditionType.DomainsReady, "DomainsReady");
    }
  }

  @Test
  void aCertificateThatCannotBeIssuedNamesItsDomainAndIsTriedAgain() {
    try (ClinicOperator operator = converged()) {
      account.dns(OWN, "CAA_ERROR");

      manifests.awaitClinic("clinic1", ConditionType.DomainsReady, "CertificateFailed");
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(domainsReadyMessage()).contains(OWN));
      assertReady();

      account.dns(OWN, null);
      pass(CERTIFICATE);

      manifests.awaitClinic("clinic1", ConditionType.DomainsReady, "DomainsReady");
    }
  }

  @Test
  void theRecordsOfAWildcardAndOfAHostAreThoseThatNgrokNames() {
    try (ClinicOperator operator = converged()) {
      assertThat(manifests.clinic("clinic1").getStatus().dnsRecords())
          .containsExactly(
              new DNSRecord("CNAME", SHARED, cname(SHARED)),
              new DNSRecord("CNAME", "_acme-challenge.api.example.com", acme(SHARED)),
              new DNSRecord("CNAME", OWN, cname(OWN)));
    }
  }

  private ClinicOperator converged() {
    manifests.applyText(
        """
        apiVersion: clinicnet.dev/v1alpha1
        kind: Clinic
        metadata: {name: clinic1}
        spec:
          domains: [{name: "%s", shared: true}, {name: %s}]
        """
            .formatted(SHARED, OWN));
    ClinicOperator operator =
        RunningOperator.on(namespace.operator(), namespace.name(), account.url())
            .withIntervals(Duration.ofHours(1), AGENTS)
            .start();
    manifests.awaitAllReady();
    return operator;
  }

  private void pass(Duration time) {
    clock.forward(time);
  }

  private void assertReady() {
    assertThat(
            Conditions.isTrue(
                Manifests.conditions(manifests.clinic("clinic1")), ConditionType.Ready))
        .isTrue();
  }

  private String domainsReadyMessage() {
    return Conditions.find(
            Manifests.conditions(manifests.clinic("clinic1")), ConditionType.DomainsReady)
        .orElseThrow()
        .message();
  }

  private String cname(String domain) {
    return reserved(domain).path("cname_target").asText();
  }

  private String acme(String domain) {
    return reserved(domain).path("acme_challenge_cname_target").asText();
  }

  private JsonNode reserved(String domain) {
    List<JsonNode> found =
        account.all("reserved_domains").stream()
            .filter(row -> row.path("domain").asText().equals(domain))
            .toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
