package dev.clinicnet.operator.it.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.BudgetOptions;
import dev.clinicnet.simulator.edge.EdgeClient;
import dev.clinicnet.testkit.AgentKind;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.OnDemandSite;
import dev.clinicnet.testkit.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One clinic among fifty is cut off while mass work makes the operator wait for the account's
 * budget. Requests try whether a client gets in.
 */
@SuppressWarnings("try") // An operator only has to run.
class QuarantineIT extends InOneNamespace {
  private static final String QUARANTINE = "clinicnet.dev/quarantine";
  private static final String REST = "https://one-rest.api.example.com";
  private static final String HERE = "203.0.113.7";
  private static final String KIT = "one-site-kit";
  private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);
  private static final int CONVERGED = 9;
  private static final int BULK = 40;
  private static final List<String> RESOURCES =
      List.of("reserved_domains", "reserved_addrs", "service_users", "credentials", "endpoints");

  private OnDemandSite site;
  private String authority;

  @BeforeEach
  void openSite() {
    site = new OnDemandSite(account, manifests, "one");
    authority = account.edgeAuthority();
  }

  @AfterEach
  void closeSite() {
    site.close();
  }

  @ParameterizedTest
  @EnumSource(AgentKind.class)
  void oneClinicAmongFiftyIsCutOffWhileMassWorkFillsTheQueue(AgentKind kind) {
    account.play(kind);
    convergeSome();
    String file = manifests.file(KIT, "ngrok.yml");
    Map<String, String> ids = ids("one-");
    try (ClinicOperator operator = busyOperator()) {
      for (int i = 0; i < BULK; i++) {
        manifests.applyText(clinic("bulk" + i));
      }
      eventually(() -> assertThat(waitingForBudget()).isGreaterThan(BULK / 2));
      Map<String, JsonNode> remote = remoteObjects();
      Map<String, String> versions = versions();
      assertThat(ask(REST)).isEqualTo("200");
      assertThat(site.ask()).isEqualTo("200");

      long start = System.nanoTime();
      manifests.annotateClinic("one", QUARANTINE, "true");
      await()
          .pollInterval(Duration.ofMillis(50))
          .atMost(FIVE_SECONDS)
          .until(() -> ask(REST).equals("403") && !site.isPublished());
      say("nobody gets in", start);
      await()
          .atMost(FIVE_SECONDS)
          .until(() -> account.all("tunnel_sessions").isEmpty() && credential("one").isEmpty());
      say("token and agent gone", start);

      assertThat(account.connectAgent(file).path("error_code").asText()).contains("ERR_NGROK_");
      assertThat(account.all("tunnel_sessions")).isEmpty();
      assertThat(waitingForBudget()).as("the queue was full all the time").isPositive();
      assertThat(ask(REST)).isEqualTo("403");
      assertThat(site.isPublished()).isFalse();
      assertNothingOfTheOthersChanged(remote, versions);
      assertTold(operator);

      manifests.applyText(service("one-late"));
      manifests.awaitService("one-late", ConditionType.Programmed, "Quarantined");
      assertThat(account.names("endpoints", "url")).doesNotContain(url("one-late"));

      start = System.nanoTime();
      manifests.annotateClinic("one", QUARANTINE, null);
      manifests.awaitService("one-rest", ConditionType.Programmed, "Programmed");
      manifests.awaitService("one-late", ConditionType.Programmed, "Programmed");
      manifests.awaitClinic("one", ConditionType.Programmed, "Programmed");
      say("restored", start);
      assertThat(manifests.file(KIT, "ngrok.yml")).isNotEqualTo(file);
      manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitNotInstalled");
      assertThat(manifests.clinic("one").getStatus().quarantinedSince()).isNull();
      assertThat(ids("one-")).as("neither URL nor address was lost").containsAllEntriesOf(ids);

      site.connectAgent();
      assertThat(ask(REST)).isEqualTo("200");
      manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitInstalled");
      eventually(
          () ->
              assertThat(operator.metrics())
                  .contains("operator_audit_events_total{event=\"clinic-quarantined\"} 1")
                  .contains("operator_audit_events_total{event=\"clinic-released\"} 1"));
    }
  }

  /** The clinic with its agent and an open session, and nine others. */
  private void convergeSome() {
    manifests.applyText(
        String.join("---\n", site.clinic(), site.dashboard(), service("one-rest"), Site.db("one")));
    for (int i = 0; i < CONVERGED; i++) {
      manifests.applyText(clinic("calm" + i));
    }
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      site.connectAgent();
      manifests.applyText(site.session("s1", "30m"));
      manifests.awaitSession("s1", SessionPhase.Open);
      manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitInstalled");
      eventually(
          () ->
              assertThat(manifests.clinics())
                  .allMatch(c -> c.getStatus().services().ready() == servicesOf(c)));
    }
  }

  private static int servicesOf(Clinic clinic) {
    return clinic.getMetadata().getName().equals("one") ? 3 : 1;
  }

  private void assertTold(ClinicOperator operator) {
    manifests.awaitClinic("one", ConditionType.Programmed, "Quarantined");
    manifests.awaitClinic("one", ConditionType.Stalled, "Quarantined");
    for (String service : List.of("one-rest", "one-db", "one-dashboard")) {
      manifests.awaitService(service, ConditionType.Programmed, "Quarantined");
    }
    String db = manifests.service("one-db").getStatus().publicURL();
    assertThat(the("endpoints", "url", db).path("traffic_policy").asText())
        .contains("on_tcp_connect", "deny")
        .doesNotContain("forward-internal");
    manifests.awaitSession("s1", SessionPhase.Closed);
    assertThat(manifests.sessionSays("s1", ConditionType.Open)).startsWith("False Quarantined");
    assertThat(manifests.clinic("one").getStatus().quarantinedSince()).isNotNull();
    manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "Quarantined");
    eventually(() -> assertThat(operator.metrics()).contains("clinic_quarantined 1.0\n"));
    eventually(
        () ->
            assertThat(manifests.events())
                .anyMatch(
                    event ->
                        event.getReason().equals("Quarantined")
                            && event.getType().equals("Warning")));
  }

  /** Everything that existed is unchanged. For converged objects, this includes Kubernetes. */
  private void assertNothingOfTheOthersChanged(
      Map<String, JsonNode> remote, Map<String, String> versions) {
    assertThat(remote).hasSizeGreaterThan(CONVERGED * 3);
    assertThat(remoteObjects()).containsAllEntriesOf(remote);
    assertThat(versions()).isEqualTo(versions);
  }

  /** Everything at ngrok that serves another Clinic, or all of them. */
  private Map<String, JsonNode> remoteObjects() {
    Map<String, JsonNode> objects = new TreeMap<>();
    for (String resource : RESOURCES) {
      account.all(resource).stream()
          .filter(QuarantineIT::isOfOthers)
          .forEach(row -> objects.put(id(row), row));
    }
    return objects;
  }

  private static boolean isOfOthers(JsonNode row) {
    boolean marked =
        Mark.parse(row.path("metadata").asText()).filter(m -> "one".equals(m.clinic())).isPresent();
    return !marked && !row.path("type").asText().equals("ephemeral");
  }

  private Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>(manifests.resourceVersions());
    versions.keySet().removeIf(Predicate.not(key -> key.contains(" calm")));
    return versions;
  }

  private Map<String, String> ids(String prefix) {
    Map<String, String> ids = new TreeMap<>();
    account.all("reserved_addrs").forEach(row -> ids.put(row.path("addr").asText(), id(row)));
    account.all("endpoints").stream()
        .filter(row -> row.path("url").asText().matches("tcp:.*|https://" + prefix + ".*"))
        .filter(row -> row.path("type").asText().equals("cloud"))
        .forEach(row -> ids.put(row.path("url").asText(), id(row)));
    return ids;
  }

  private List<JsonNode> credential(String clinic) {
    return account.all("credentials").stream()
        .filter(row -> clinic.equals(mark(row).clinic()))
        .toList();
  }

  private long waitingForBudget() {
    List<Boolean> waiting = new ArrayList<>();
    manifests
        .clinics()
        .forEach(
            clinic ->
                waiting.add(
                    Conditions.says(
                        Manifests.conditions(clinic),
                        ConditionType.Programmed,
                        Reason.WaitingForBudget)));
    return waiting.stream().filter(Boolean::booleanValue).count();
  }

  private String ask(String url) {
    return EdgeClient.of(() -> Map.of(url, account.edge(url, HERE)), authority)
        .get(url + "/")
        .outcome();
  }

  private static String url(String service) {
    return "https://" + service + ".api.example.com";
  }

  private static String clinic(String name) {
    return Site.withClinic(name, Site.https(name + "-api", name, name + ".api.example.com"));
  }

  private static String service(String name) {
    return Site.service(
        name,
        "one",
        "http://10.0.0.3:3001",
        "expose: {https: {host: " + name + ".api.example.com}}");
  }

  /** An operator with 120 requests a minute, half of which count as used. */
  private ClinicOperator busyOperator() {
    return operator()
        .withBudget(BudgetOptions.perMinute(120))
        .withIntervals(Duration.ofHours(1), OFTEN)
        .start();
  }

  private static void say(String what, long start) {
    System.out.printf(
        "quarantine: %s after %.2f s%n", what, (System.nanoTime() - start) / 1_000_000_000.0);
  }
}
