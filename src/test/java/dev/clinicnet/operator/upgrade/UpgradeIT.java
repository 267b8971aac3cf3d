package dev.clinicnet.operator.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.api.v1alpha1.AgentStatus;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.kubernetes.FreshNamespace;
import dev.clinicnet.operator.run.ClinicOperator;
import dev.clinicnet.operator.run.Manifests;
import dev.clinicnet.operator.run.NgrokAccount;
import dev.clinicnet.operator.run.RunningOperator;
import dev.clinicnet.operator.simulator.SimulatorOptions;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What earlier releases have left is what the present code would have made. */
class UpgradeIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration OFTEN = Duration.ofMillis(300);
  private static final int SWEEPS = 3;
  private static final String ANOTHER_POLICY =
      """
      {"traffic_policy": "on_http_request: [{actions: [{type: deny}]}]"}
      """;

  @RegisterExtension final FreshNamespace kubernetes = FreshNamespace.withoutControllers();

  static List<Release> releases() {
    return Release.all();
  }

  @ParameterizedTest
  @MethodSource("releases")
  void thePresentOperatorChangesNothingAtNgrokNorInASiteKit(Release release) {
    Clock clock = clock(release);
    try (NgrokAccount account = account(clock);
        RestoredRelease restored =
            RestoredRelease.of(release, kubernetes.kubernetes().adminClient(), account)) {
      String namespace = restored.namespace();
      Manifests manifests = new Manifests(kubernetes.kubernetes().adminClient(), namespace);
      Map<String, Map<String, String>> secrets = secrets(namespace);
      List<String> held = held(account);
      Map<String, String> sessions = connectAgents(manifests, account);

      // A client of its own: that of the extension is for its own namespace.
      try (KubernetesClient client = kubernetes.operatorClient();
          ClinicOperator operator =
              RunningOperator.on(client, namespace, account.url())
                  .withIntervals(OFTEN, OFTEN)
                  .startAt(clock)) {
        awaitSweeps(account);
        manifests.awaitAllReady();
        sessions.forEach((clinic, session) -> awaitSession(manifests, clinic, session));
        manifests
            .sessions()
            .forEach(s -> manifests.awaitSession(s.getMetadata().getName(), SessionPhase.Open));
        awaitSweeps(account);
        assertThat(account.writes()).isEmpty();
        assertThat(held(account)).isEqualTo(held);
        assertThat(secrets(namespace)).isEqualTo(secrets);

        // It was looking: what somebody else changes is changed back, and counted.
        account.call("PATCH", "/endpoints/" + endpoint(account), ANOTHER_POLICY);
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> assertThat(account.writes()).isEqualTo(Map.of("PATCH /endpoints/{id}", 2)));
        assertThat(held(account)).hasSameSizeAs(held);
        assertThat(operator.httpPort()).isPositive();
      }
    }
  }

  private static String endpoint(NgrokAccount account) {
    return account.all("endpoints").stream()
        .filter(row -> row.path("url").asText().equals("https://clinic1.api.clinicnet.com"))
        .findFirst()
        .orElseThrow()
        .path("id")
        .asText();
  }

  private static Clock clock(Release release) {
    return Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), release.time()));
  }

  private static NgrokAccount account(Clock clock) {
    return NgrokAccount.open(
        SimulatorOptions.defaults().withPort(0).withoutRateLimit().withClock(clock));
  }

  /** As the technicians installed them; returns the sessions by Clinic. */
  private static Map<String, String> connectAgents(Manifests manifests, NgrokAccount account) {
    Map<String, String> sessions = new TreeMap<>();
    for (Clinic clinic : manifests.clinics()) {
      String secret = clinic.getStatus().siteKit().secretName();
      JsonNode agent = account.connectAgent(manifests.file(secret, "ngrok.yml"));
      assertThat(agent.path("endpoints"))
          .isNotEmpty()
          .noneMatch(endpoint -> endpoint.has("error_code"));
      sessions.put(clinic.getMetadata().getName(), agent.path("session_id").asText());
    }
    return sessions;
  }

  /** The status is of now, and says that nothing is to be installed anew. */
  private static void awaitSession(Manifests manifests, String clinic, String session) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(manifests.clinic(clinic).getStatus().agents())
                    .extracting(AgentStatus::sessionID)
                    .containsExactly(session));
    manifests.awaitClinic(clinic, ConditionType.SiteKitCurrent, "SiteKitInstalled");
  }

  private static void awaitSweeps(NgrokAccount account) {
    int before = sweeps(account);
    await().atMost(PATIENCE).until(() -> sweeps(account) >= before + SWEEPS);
  }

  private static int sweeps(NgrokAccount account) {
    return account.requests().getOrDefault("GET /reserved_addrs", 0);
  }

  /** All that the account holds but for what agents bring with them. */
  private static List<String> held(NgrokAccount account) {
    return List.of(
            "reserved_domains",
            "reserved_addrs",
            "service_users",
            "credentials",
            "endpoints",
            "vaults",
            "vault_secrets")
        .stream()
        .flatMap(kind -> account.all(kind).stream())
        .filter(row -> !row.path("type").asText().equals("ephemeral"))
        .map(Object::toString)
        .toList();
  }

  private Map<String, Map<String, String>> secrets(String namespace) {
    Map<String, Map<String, String>> secrets = new TreeMap<>();
    for (Secret secret :
        kubernetes.kubernetes().adminClient().secrets().inNamespace(namespace).list().getItems()) {
      secrets.put(secret.getMetadata().getName(), secret.getData());
    }
    return secrets;
  }
}
