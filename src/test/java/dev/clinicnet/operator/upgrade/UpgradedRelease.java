package dev.clinicnet.operator.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.simulator.SimulatorOptions;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.RunningOperator;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A release that is restored at the time of its snapshot, for the present operator. */
final class UpgradedRelease implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration OFTEN = Duration.ofMillis(300);
  private static final int SWEEPS = 3;
  private static final Set<String> INSTRUCTIONS = Set.of("README.txt", "HELP.txt");
  private static final List<String> KINDS =
      List.of(
          "reserved_domains",
          "reserved_addrs",
          "service_users",
          "credentials",
          "endpoints",
          "vaults",
          "vault_secrets");

  private final Clock clock;
  private final NgrokAccount account;
  private final KubernetesClient admin;
  private final KubernetesClient client;
  private final RestoredRelease restored;
  private final Manifests manifests;

  private UpgradedRelease(
      Release release, List<String> objects, String state, FreshNamespace kubernetes) {
    clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), release.time()));
    account =
        NgrokAccount.open(
            SimulatorOptions.defaults().withPort(0).withoutRateLimit().withClock(clock));
    admin = kubernetes.kubernetes().adminClient();
    // A separate client, because that of the extension is for its own namespace.
    client = kubernetes.operatorClient();
    restored = RestoredRelease.of(release.version(), objects, state, admin, account);
    manifests = new Manifests(admin, restored.namespace());
  }

  /** The release unchanged. */
  static UpgradedRelease of(Release release, FreshNamespace kubernetes) {
    return new UpgradedRelease(release, release.objects(), release.account(), kubernetes);
  }

  /** The release after use by people. */
  static UpgradedRelease of(Release release, EarlierUse use, FreshNamespace kubernetes) {
    return new UpgradedRelease(release, use.objects(), use.account(), kubernetes);
  }

  NgrokAccount account() {
    return account;
  }

  Manifests manifests() {
    return manifests;
  }

  String namespace() {
    return restored.namespace();
  }

  /** The present operator. */
  ClinicOperator start() {
    return RunningOperator.on(client, restored.namespace(), account.url())
        .withIntervals(OFTEN, OFTEN)
        .startAt(clock);
  }

  /** Agents as the technicians installed them; returns the sessions by Clinic. */
  Map<String, String> connectAgents() {
    return connectAgents(file -> file);
  }

  /** The release with the site kits of an earlier operator. */
  Map<String, String> connectAgents(UnaryOperator<String> before) {
    Map<String, String> sessions = new TreeMap<>();
    for (Clinic clinic : manifests.clinics()) {
      String secret = clinic.getStatus().siteKit().secretName();
      JsonNode agent = account.connectAgent(before.apply(manifests.file(secret, "ngrok.yml")));
      assertThat(agent.path("endpoints"))
          .isNotEmpty()
          .noneMatch(endpoint -> endpoint.has("error_code"));
      sessions.put(clinic.getMetadata().getName(), agent.path("session_id").asText());
    }
    return sessions;
  }

  void awaitSweeps() {
    int before = sweeps();
    await().atMost(PATIENCE).until(() -> sweeps() >= before + SWEEPS);
  }

  private int sweeps() {
    return account.requests().getOrDefault("GET /reserved_addrs", 0);
  }

  /** All objects of the account except those of agents. */
  List<String> held() {
    return KINDS.stream()
        .flatMap(kind -> account.all(kind).stream())
        .filter(row -> !row.path("type").asText().equals("ephemeral"))
        .map(Object::toString)
        .toList();
  }

  /** The public endpoint at a URL. */
  JsonNode endpoint(String url) {
    return account.all("endpoints").stream()
        .filter(row -> row.path("url").asText().equals(url))
        .findFirst()
        .orElseThrow();
  }

  /** The content of the Secrets, without texts for people, and without the log file of an agent. */
  Map<String, Map<String, String>> secrets() {
    Map<String, Map<String, String>> secrets = new TreeMap<>();
    for (Secret secret : admin.secrets().inNamespace(restored.namespace()).list().getItems()) {
      Map<String, String> data = new TreeMap<>(secret.getData());
      data.keySet().removeAll(INSTRUCTIONS);
      data.computeIfPresent("ngrok.yml", (file, text) -> configuration(text));
      secrets.put(secret.getMetadata().getName(), data);
    }
    return secrets;
  }

  private static String configuration(String base64) {
    String file = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    JsonNode tree = Serialization.unmarshal(file, JsonNode.class);
    ((ObjectNode) tree.path("agent")).remove("log");
    return tree.toString();
  }

  @Override
  public void close() {
    restored.close();
    client.close();
    account.close();
  }
}
