package dev.clinicnet.operator.it.converge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Settled;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The main job: the account comes to match the manifests. */
@SuppressWarnings("try") // An operator only has to run.
class ConvergenceIT extends InOneNamespace {
  @Test
  void clinic1LeadsToExactlyWhatItsManifestsAskFor() {
    manifests.apply("examples/clinic1");

    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();

      assertThat(account.all("service_users")).hasSize(1);
      assertThat(account.names("reserved_domains", "domain"))
          .containsExactly("*.api.clinicnet.com", "dashboard.clinic1.com");
      assertThat(account.all("reserved_addrs")).hasSize(1);
      assertThat(account.names("endpoints", "url"))
          .containsExactly(
              "https://agent-clinic1.api.clinicnet.com",
              "https://clinic1.api.clinicnet.com",
              "tcp://" + account.all("reserved_addrs").get(0).path("addr").asText());
      JsonNode credential = account.all("credentials").get(0);
      assertThat(account.all("credentials")).hasSize(1);
      assertThat(credential.path("acl"))
          .extracting(JsonNode::asText)
          .containsExactlyInAnyOrder("bind:*.clinic1.internal", "bind:dashboard.clinic1.com");
      assertThat(account.requests())
          .containsExactlyInAnyOrderEntriesOf(
              Map.ofEntries(
                  Map.entry("GET /reserved_domains", 1),
                  Map.entry("GET /reserved_addrs", 1),
                  Map.entry("GET /service_users", 1),
                  Map.entry("GET /credentials", 1),
                  Map.entry("GET /endpoints", 1),
                  Map.entry("GET /tunnel_sessions", 1),
                  Map.entry("GET /self", 1),
                  Map.entry("POST /reserved_domains", 2),
                  Map.entry("POST /reserved_addrs", 1),
                  Map.entry("POST /service_users", 1),
                  Map.entry("POST /credentials", 1),
                  Map.entry("POST /endpoints", 3)));
      assertThat(operator.metrics()).contains("ngrok_api_requests_total");
    }
  }

  @Test
  void nothingIsWrittenWhileNothingChanges() {
    manifests.apply("examples/clinic1");
    manifests.apply("examples/clinic2");
    Duration drift = Duration.ofMillis(500);
    try (ClinicOperator operator = operator().withIntervals(drift, drift).start()) {
      manifests.awaitAllReady();
      // Certificates are issued after the domains are reserved, and Ready does not wait for them.
      manifests.awaitClinic("clinic1", ConditionType.DomainsReady, "DomainsReady");
      manifests.awaitClinic("clinic2", ConditionType.DomainsReady, "DomainsReady");
      manifests.apply("examples/clinic1");
      Map<String, String> before = Settled.versions(manifests);
      account.forgetRequests();

      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> account.requests().getOrDefault("GET /credentials", 0) >= 20);

      assertThat(account.writes()).isEmpty();
      assertThat(manifests.resourceVersions()).isEqualTo(before);
    }
  }

  @Test
  void deletingEverythingAtOnceLeavesTheAccountEmptyButForTheSharedDomain() {
    manifests.apply("examples/clinic1");
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();

      manifests.deleteAll();
      manifests.awaitGone();

      assertThat(account.all("service_users")).isEmpty();
      assertThat(account.all("credentials")).isEmpty();
      assertThat(account.all("endpoints")).isEmpty();
      assertThat(account.all("reserved_addrs")).isEmpty();
      assertThat(account.names("reserved_domains", "domain"))
          .containsExactly("*.api.clinicnet.com");
    }
  }
}
