package dev.clinicnet.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.certificate.Fixtures;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.OnDemandSite;
import dev.clinicnet.testkit.PrometheusServer;
import dev.clinicnet.testkit.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every query of the Grafana dashboards has data, in a real Prometheus that scrapes an operator.
 * Panels that say that they are empty when all is well are so, and show the faults that this test
 * plays.
 */
class DashboardsIT extends InOneNamespace {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern PROBLEM = Pattern.compile("\"problem\", \"([^\"]+)\"");
  private static final String SHOP =
      """
        - name: shop
          url: https://shop.one.internal
          upstream: {url: "http://10.0.0.9:80"}
      """;

  private static final List<String> LISTS =
      List.of("/tunnel_sessions", "/endpoints", "/reserved_addrs");

  private static final Set<String> SHARED = Set.of("account.json", "fleet.json");
  private static final Set<String> ALL = Set.of("account.json", "clinic.json", "fleet.json");

  private PrometheusServer prometheus;

  /** Without object metrics, the boards of the fleet and of the account show counts. */
  @Test
  void theFleetAndTheAccountNeedNoNamesOfObjects() throws IOException {
    applySites();
    try (ClinicOperator operator = watchfulOperator().start();
        PrometheusServer server = PrometheusServer.scraping(operator.httpPort(), alerts())) {
      prometheus = server;
      manifests.awaitAllReady();
      JsonNode agent = connect("one");
      connect("two");
      manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitInstalled");
      manifests.awaitClinic("two", ConditionType.SiteKitCurrent, "SiteKitInstalled");

      everyVariableHasValues(SHARED);
      queries(false)
          .filter(query -> SHARED.contains(query.dashboard()))
          .filter(query -> !query.expression().contains("audit_events"))
          .forEach(query -> await().atMost(PATIENCE).until(() -> !counted(query).isEmpty()));
      Dashboard.Query online = inFleet("Sites online");
      Dashboard.Query wrong = inFleet("Sites with a problem");
      await().atMost(PATIENCE).until(() -> value(counted(online)) == 2);
      await().atMost(PATIENCE).until(() -> counted(wrong).isEmpty());

      account.disconnectAgent(id(agent));
      await().atMost(PATIENCE).until(() -> value(counted(online)) == 1);
      await().atMost(PATIENCE).until(() -> value(counted(wrong)) == 1);
      assertThat(counted(wrong).get(0).at("/metric/problem").asText())
          .isEqualTo("no agent is connected");
      assertThat(prometheus.query("{name!=\"\"} or {clinic!=\"\"}")).isEmpty();
    }
  }

  private static Dashboard.Query inFleet(String panel) {
    return Dashboard.all().stream()
        .filter(dashboard -> dashboard.name().equals("fleet.json"))
        .flatMap(dashboard -> dashboard.queries().stream())
        .filter(query -> query.panel().equals(panel))
        .findFirst()
        .orElseThrow();
  }

  /** What a query shows if all namespaces are chosen. */
  private JsonNode counted(Dashboard.Query query) {
    return prometheus.query(
        query.with(Map.of("namespace", ".*", "operator", PrometheusServer.OPERATOR_NAMESPACE)));
  }

  private static double value(JsonNode series) {
    return series.isEmpty() ? Double.NaN : series.get(0).at("/value/1").asDouble();
  }

  @Test
  void everyQueryHasDataAndThoseAboutFaultsHaveItDuringTheFault() throws IOException {
    applySites();
    try (ClinicOperator operator = watchfulOperator().withObjectMetrics().start();
        PrometheusServer server = PrometheusServer.scraping(operator.httpPort(), alerts());
        OnDemandSite onDemand = new OnDemandSite(account, manifests, "two")) {
      prometheus = server;
      manifests.awaitAllReady();
      connect("one");
      connect("two");
      manifests.applyText(onDemand.session("visit", "1h"));
      manifests.awaitSession("visit", SessionPhase.Open);
      manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitInstalled");
      manifests.awaitClinic("two", ConditionType.SiteKitCurrent, "SiteKitInstalled");

      everyVariableHasValues(ALL);
      queries(false).forEach(this::awaitData);
      queries(true).forEach(this::awaitNoData);

      String installed = manifests.file("one-site-kit", "ngrok.yml");
      Set<Dashboard.Query> pending = new HashSet<>(queries(true).toList());
      Set<String> problems = new TreeSet<>();
      manifests.annotateClinic("one", Annotations.ROTATE, "for this test");
      manifests.annotateClinic("two", "clinicnet.dev/quarantine", "true");
      account.connectAgent(installed.stripTrailing() + "\n" + SHOP);
      String endpoint = id(the("endpoints", "url", "https://one.api.example.com"));
      account.call("PATCH", "/endpoints/" + endpoint, "{\"description\": \"by hand\"}");
      // What is left needs an account that cannot be listed, and then nothing else is known.
      watch(pending, problems, () -> problems.size() == allProblems().size() - 1 && hasDrift());
      LISTS.forEach(list -> account.refuse("GET", list, 503, "ERR_NGROK_3"));
      watch(pending, problems, () -> pending.isEmpty());
      watch(pending, problems, () -> problems.equals(allProblems()));
    }
  }

  private void applySites() {
    manifests.applyText(
        Site.clinic("one", "agent: {authtoken: {overlap: 1s}}")
            + "---\n"
            + Site.api("one")
            + "---\n"
            + Fixtures.authorities()
            + "---\n"
            + Site.https(
                "records",
                "one",
                "one.example.org",
                "access: {mutualTLS: {caBundles: [{configMapKeyRef: {name: clients, key:"
                    + " ca.crt}}]}}"));
    OnDemandSite two = new OnDemandSite(account, manifests, "two");
    manifests.applyText(two.clinic());
    manifests.applyText(two.dashboard());
    two.close();
  }

  private JsonNode connect(String clinic) {
    return account.connectAgent(manifests.file(clinic + "-site-kit", "ngrok.yml"));
  }

  private void everyVariableHasValues(Set<String> of) {
    for (Dashboard dashboard : Dashboard.all()) {
      if (!of.contains(dashboard.name())) {
        continue;
      }
      dashboard
          .choices()
          .forEach(
              (metric, label) ->
                  await()
                      .atMost(PATIENCE)
                      .untilAsserted(
                          () ->
                              assertThat(chosen(metric))
                                  .as(metric)
                                  .isNotEmpty()
                                  .allMatch(series -> series.path("metric").has(label))));
    }
  }

  /** The series of a metric whose labels a variable shows. */
  private JsonNode chosen(String metric) {
    return prometheus.query(metric.replace("$namespace", namespace.name()));
  }

  private Stream<Dashboard.Query> queries(boolean emptyWhenWell) {
    return Dashboard.all().stream()
        .flatMap(dashboard -> dashboard.queries().stream())
        .filter(query -> query.emptyWhenWell() == emptyWhenWell);
  }

  private void awaitData(Dashboard.Query query) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(result(query)).as(query.panel()).isNotEmpty());
    assertThat(labels(query)).as(query.panel()).containsAll(query.columns());
  }

  private void awaitNoData(Dashboard.Query query) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(result(query)).as(query.panel()).isEmpty());
  }

  /** Looks at the pending queries until a condition holds, and removes those that have data. */
  private void watch(Set<Dashboard.Query> pending, Set<String> problems, Callable<Boolean> end) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              pending.removeIf(
                  query -> labels(query).containsAll(query.columns()) && !result(query).isEmpty());
              queries(true)
                  .filter(query -> query.columns().contains("problem"))
                  .forEach(
                      query ->
                          result(query)
                              .forEach(s -> problems.add(s.at("/metric/problem").asText())));
              return end.call();
            });
  }

  private boolean hasDrift() {
    return queries(true)
        .filter(query -> query.expression().contains("clinicnet_drift_total"))
        .noneMatch(query -> result(query).isEmpty());
  }

  private Set<String> allProblems() {
    Set<String> all = new TreeSet<>();
    queries(true)
        .forEach(
            query ->
                PROBLEM.matcher(query.expression()).results().forEach(m -> all.add(m.group(1))));
    return all;
  }

  private JsonNode result(Dashboard.Query query) {
    return prometheus.query(query.with(variables()));
  }

  private Set<String> labels(Dashboard.Query query) {
    Set<String> labels = new HashSet<>();
    result(query)
        .forEach(series -> series.path("metric").fieldNames().forEachRemaining(labels::add));
    return labels;
  }

  private Map<String, String> variables() {
    return Map.of(
        "namespace",
        namespace.name(),
        "clinic",
        "one",
        "operator",
        PrometheusServer.OPERATOR_NAMESPACE);
  }

  /** The alerts of {@code deploy/}, which here need not wait. */
  private static String alerts() throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    JsonNode spec =
        yaml.readTree(Path.of("deploy/components/monitoring/prometheusrule.yaml").toFile())
            .path("spec");
    for (JsonNode group : spec.path("groups")) {
      group.path("rules").forEach(rule -> ((ObjectNode) rule).remove("for"));
    }
    return yaml.writeValueAsString(spec);
  }
}
