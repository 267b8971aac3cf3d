package dev.clinicnet.operator.it.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.demo.RealKubernetes;
import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.RetiringCredential;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.OperatorAgent;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.Site;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/**
 * The API server and the data of its etcd are gone. A new cluster gets the same manifests, and an
 * operator of the same instance with a key of the same account.
 */
class LostClusterIT {
  private static final String HOME = "clinic-operator";
  private static final String NAMESPACE = "default";
  private static final int SITES = 20;
  private static final int SWITCHED_OFF = 3;
  private static final Duration AGENTS = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final List<String> sites = IntStream.range(0, SITES).mapToObj(i -> "site" + i).toList();
  private final Map<String, String> files = new LinkedHashMap<>();
  private final Map<String, JsonNode> running = new LinkedHashMap<>();
  private NgrokAccount account;
  private ConnectedAgents agents;

  @Test
  void aNewClusterGetsTheSameThingsAndNoConnectedAgentIsCutOff() {
    try (NgrokAccount ngrok = NgrokAccount.open();
        ConnectedAgents watched = ConnectedAgents.of(ngrok)) {
      account = ngrok;
      agents = watched;
      try (RealKubernetes lost = cluster()) {
        firstLife(lost);
      }
      Map<String, List<String>> before = names();
      List<String> oldCredentials = account.names("credentials", "id");
      account.forgetRequests();
      int looksBefore = agents.looks();

      try (RealKubernetes fresh = cluster()) {
        Manifests manifests = new Manifests(fresh.adminClient(), NAMESPACE);
        try (ClinicOperator operator = operator(fresh)) {
          anEmptyClusterHarmsNothing(operator);
          sites.forEach(site -> manifests.applyText(manifest(site)));
          manifests.awaitAllReady();

          assertSameThings(before);
          assertOneNewTokenEach(manifests, oldCredentials);
          theOldTokensOutliveTheirOverlap(manifests, oldCredentials);
          assertThat(agents.looks()).isGreaterThan(looksBefore + 20);
          everySiteGetsTheNewKit(manifests, oldCredentials);
          assertSameThings(before);
          assertToldOnce(manifests);
        }
      }
    }
  }

  @Test
  void anOperatorWithAnotherInstanceNameTouchesNothing() {
    try (NgrokAccount ngrok = NgrokAccount.open();
        RealKubernetes kubernetes = cluster()) {
      account = ngrok;
      Manifests manifests = new Manifests(kubernetes.adminClient(), NAMESPACE);
      manifests.applyText(manifest("site0"));
      try (ClinicOperator operator = operator(kubernetes)) {
        manifests.awaitAllReady();
        assertThat(operator.httpPort()).isPositive();
      }
      String state = account.state();
      account.forgetRequests();

      kubernetes.apply(
          """
          apiVersion: v1
          kind: Namespace
          metadata: {name: elsewhere}
          """);
      Manifests again = new Manifests(kubernetes.adminClient(), "elsewhere");
      again.applyText(manifest("site0"));
      try (ClinicOperator other =
          RunningOperator.on(client(kubernetes), "elsewhere", account.url()).start()) {
        again.awaitClinic("site0", ConditionType.Accepted, "InternalDomainConflict");
        assertThat(other.httpPort()).isPositive();
        assertThat(account.writes()).isEmpty();
        assertThat(account.state()).isEqualTo(state);
      }
    }
  }

  private void firstLife(RealKubernetes kubernetes) {
    Manifests manifests = new Manifests(kubernetes.adminClient(), NAMESPACE);
    try (ClinicOperator operator = operator(kubernetes)) {
      sites.forEach(site -> manifests.applyText(manifest(site)));
      manifests.awaitAllReady();
      for (String site : sites) {
        files.put(site, manifests.file(site + "-site-kit", "ngrok.yml"));
        running.put(site, agents.connect(files.get(site)));
      }
      sites.forEach(
          site -> manifests.awaitClinic(site, ConditionType.SiteKitCurrent, "SiteKitInstalled"));
      sites.subList(0, SWITCHED_OFF).forEach(site -> agents.leaves(running.remove(site)));
      assertThat(operator.httpPort()).isPositive();
    }
  }

  /** The operator starts before the manifests are there. */
  private void anEmptyClusterHarmsNothing(ClinicOperator operator) {
    for (int i = 0; i < 3; i++) {
      int lists = account.requests().getOrDefault("GET /reserved_addrs", 0);
      operator.refresh();
      eventually(
          () ->
              assertThat(account.requests().getOrDefault("GET /reserved_addrs", 0))
                  .isGreaterThan(lists));
    }
    assertThat(account.writes()).isEmpty();
    agents.assertNobodyWasCutOff();
  }

  private void assertSameThings(Map<String, List<String>> before) {
    assertThat(names()).isEqualTo(before);
    assertThat(account.writes().keySet())
        .filteredOn(request -> request.startsWith("POST "))
        .containsExactly("POST /credentials");
    assertThat(account.writes()).containsEntry("POST /credentials", SITES);
    agents.assertNobodyWasCutOff();
  }

  private void assertOneNewTokenEach(Manifests manifests, List<String> old) {
    assertThat(account.names("credentials", "id")).hasSize(2 * SITES).containsAll(old);
    List<String> fresh = new ArrayList<>();
    for (String site : sites) {
      manifests.awaitClinic(site, ConditionType.SiteKitCurrent, "AuthtokenLost");
      AuthtokenStatus authtoken = authtoken(manifests, site);
      fresh.add(authtoken.credentialID());
      assertThat(authtoken.retiring())
          .singleElement()
          .matches(retiring -> old.contains(retiring.credentialID()))
          .matches(RetiringCredential::wasInherited);
      assertThat(manifests.clinicSays(site, ConditionType.SiteKitCurrent))
          .startsWith("False")
          .contains("Install the present site kit");
    }
    assertThat(fresh).doesNotHaveDuplicates().doesNotContainAnyElementsOf(old);
    assertToldOnce(manifests);
  }

  /** Also those of sites that are switched off, and with {@code revokeOld: AfterOverlap}. */
  private void theOldTokensOutliveTheirOverlap(Manifests manifests, List<String> old) {
    await()
        .during(Duration.ofSeconds(5))
        .atMost(PATIENCE)
        .until(() -> account.names("credentials", "id").containsAll(old));
    manifests.awaitClinic(sites.get(SITES - 1), ConditionType.AgentOnOldToken, "OverlapPassed");
    for (String site : sites.subList(0, SWITCHED_OFF)) {
      running.put(site, agents.connect(files.get(site)));
    }
    assertThat(old).containsAll(account.credentialsInUse());
    assertThat(account.credentialsInUse()).hasSize(SITES);
    agents.assertNobodyWasCutOff();
  }

  private void everySiteGetsTheNewKit(Manifests manifests, List<String> old) {
    for (String site : sites) {
      agents.leaves(running.get(site));
      agents.connect(manifests.file(site + "-site-kit", "ngrok.yml"));
    }
    sites.forEach(
        site -> manifests.awaitClinic(site, ConditionType.SiteKitCurrent, "SiteKitInstalled"));
    eventually(
        () ->
            assertThat(account.names("credentials", "id"))
                .hasSize(SITES)
                .doesNotContainAnyElementsOf(old));
    eventually(
        () -> assertThat(sites).allMatch(site -> authtoken(manifests, site).retiring().isEmpty()));
    manifests.awaitAllReady();
  }

  private void assertToldOnce(Manifests manifests) {
    eventually(
        () ->
            assertThat(
                    manifests.events().stream()
                        .filter(event -> event.getReason().equals("AuthtokenLost"))
                        .filter(event -> event.getCount() == null || event.getCount() == 1)
                        .map(Event::getInvolvedObject)
                        .map(ObjectReference::getName))
                .containsExactlyInAnyOrderElementsOf(sites));
  }

  /** What must be the same before and after, with the ids at ngrok. */
  private Map<String, List<String>> names() {
    Map<String, List<String>> names = new TreeMap<>();
    Map.of(
            "reserved_domains", "domain",
            "reserved_addrs", "addr",
            "service_users", "name")
        .forEach((resource, field) -> names.put(resource, rows(resource, field)));
    names.put(
        "endpoints",
        account.all("endpoints").stream()
            .filter(row -> row.path("type").asText().equals("cloud"))
            .map(row -> row.path("id").asText() + " " + row.path("url").asText())
            .sorted()
            .toList());
    return names;
  }

  private List<String> rows(String resource, String field) {
    return account.all(resource).stream()
        .map(row -> row.path("id").asText() + " " + row.path(field).asText())
        .sorted()
        .toList();
  }

  private String manifest(String site) {
    String rule = site.equals("site" + (SITES - 2)) ? "AfterOverlap" : "WhenUnused";
    return Site.clinic(site, "agent: {authtoken: {overlap: 1s, revokeOld: " + rule + "}}")
        + "---\n"
        + Site.api(site)
        + "---\n"
        + Site.web(site)
        + "---\n"
        + Site.db(site);
  }

  private static AuthtokenStatus authtoken(Manifests manifests, String site) {
    Clinic clinic = manifests.clinic(site);
    return clinic.getStatus().authtoken();
  }

  private static RealKubernetes cluster() {
    RealKubernetes kubernetes = RealKubernetes.start();
    kubernetes.apply(Path.of("crds"));
    kubernetes.apply(Path.of("deploy/base"));
    return kubernetes;
  }

  private static KubernetesClient client(RealKubernetes kubernetes) {
    return kubernetes.clientOf(HOME, HOME, OperatorAgent.NAME);
  }

  private ClinicOperator operator(RealKubernetes kubernetes) {
    return RunningOperator.on(client(kubernetes), NAMESPACE, account.url())
        .withIntervals(Duration.ofHours(1), AGENTS)
        .start();
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).untilAsserted(assertion);
  }
}
