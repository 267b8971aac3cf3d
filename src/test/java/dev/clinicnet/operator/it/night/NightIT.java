package dev.clinicnet.operator.it.night;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.controller.OperatorOptions.LeaseOptions;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Kits;
import dev.clinicnet.testkit.MovableClock;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.Site;
import dev.clinicnet.testkit.StatusBan;
import dev.clinicnet.testkit.TcpProxy;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * The night: a real Prometheus scrapes a real operator with the shipped alerts, whose durations are
 * divided. Each state that needs a person is played. Its alert rings in its time, alone, and ends
 * when the state does.
 */
@SuppressWarnings("try") // An operator only has to run.
class NightIT extends InOneNamespace {
  private static final Duration QUIET = AcceleratedRules.WAIT.multipliedBy(2);
  private static final String SESSION =
      """
      apiVersion: clinicnet.dev/v1alpha1
      kind: ClinicSession
      metadata: {name: %s}
      spec: {serviceRef: {name: desk}, duration: 1h}
      """;

  private static final Set<Method> RUN = ConcurrentHashMap.newKeySet();

  private final MovableClock clock = new MovableClock();
  private String agent;

  @AfterEach
  void hasRun(TestInfo test) {
    RUN.add(test.getTestMethod().orElseThrow());
  }

  /** A part of the night leaves out what the rest of it plays. */
  @AfterAll
  static void theTableInTheDocsHolds() throws IOException {
    NightTable table = NightTable.of(Watch.speeds(), Watch.played());
    table.write();
    table.assertAsInTheDocs();
    boolean whole =
        Stream.of(NightIT.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .allMatch(RUN::contains);
    if (whole) {
      table.assertComplete();
    }
  }

  @Test
  void anOrdinaryDayRingsNothing() {
    try (ClinicOperator operator = converged();
        Watch watch = Watch.of(operator.httpPort())) {
      openASession("visit");
      manifests.deleteSession("visit");
      reconnect();
      manifests.applyText(Site.https("more", "one", "more.api.example.com"));
      eventually(() -> assertThat(kit()).contains("more"));
      reconnect();
      manifests.deleteService("more");
      eventually(() -> assertThat(kit()).doesNotContain("more"));
      reconnect();
      watch.quiet(QUIET.plus(QUIET));
    }
  }

  @Test
  void theAccount() {
    try (ClinicOperator operator = converged();
        Watch watch = Watch.of(operator.httpPort())) {
      watch.quiet(QUIET);
      watch.rings(
          "ClinicOperatorAPIKeyRejected",
          () -> account.refuse("*", "/*", 401, "ERR_NGROK_206"),
          account::clearFaults);
      watch.rings(
          "ClinicOperatorAccountSuspended",
          () -> account.refuse("*", "/*", 403, "ERR_NGROK_205"),
          account::clearFaults);
      watch.rings("ClinicOperatorFullCapture", () -> fullCapture(true), () -> fullCapture(false));
      watch.rings(
          "ClinicOperatorAccountNotListed",
          () -> account.refuse("*", "/*", 500, "ERR_NGROK_10000"),
          account::clearFaults);
      watch.rings(
          "ClinicOperatorInventoryStale",
          () ->
              account.fault(
                  "{\"method\": \"GET\", \"path\": \"/reserved_domains\", \"hold\": true, \"times\": 1000}"),
          account::clearFaults);
      watch.rings(
          "ClinicOperatorBudgetExhausted",
          () -> {
            account.refuse("PATCH", "/endpoints/*", 429, "ERR_NGROK_614");
            manifests.applyText(api("access: {denyCIDRs: [192.0.2.0/24]}"));
          });
    }
  }

  @Test
  void theProcess() {
    StatusBan ban = new StatusBan(namespace.kubernetes(), namespace.name());
    URI server = URI.create(namespace.operator().getConfiguration().getMasterUrl());
    try (TcpProxy network = TcpProxy.to(server);
        KubernetesClient client = through(network);
        ClinicOperator operator =
            converge(RunningOperator.on(client, namespace.name(), account.url()));
        Watch watch = Watch.of(operator.httpPort())) {
      watch.rings(
          "ClinicOperatorWritesRefused",
          () -> {
            ban.impose(namespace.name(), "one-api", "not at night");
            // The policy comes into force after a moment.
            AtomicInteger edits = new AtomicInteger();
            eventually(
                () -> {
                  String refused = "192.0.2." + edits.getAndIncrement() + "/32";
                  manifests.applyText(api("access: {denyCIDRs: [" + refused + "]}"));
                  assertThat(operator.metrics())
                      .containsPattern(
                          "operator_writes_refused_total\\{kind=\"ClinicService\"} [1-9]");
                });
          },
          () -> {
            ban.lift();
            manifests.annotateService("one-api", Annotations.RETRY, "1");
          });
      manifests.awaitAllReady();
      watch.rings(
          "ClinicOperatorReconcileErrors",
          () -> {
            network.cut();
            account.disconnectAgent(agent);
          },
          () -> {
            network.mend();
            connect();
          });
      watch.rings("ClinicOperatorDown", operator::close);
    }
  }

  @Test
  void theLease() {
    namespace.allowLeases();
    namespace
        .kubernetes()
        .apply(
            """
            apiVersion: coordination.k8s.io/v1
            kind: Lease
            metadata: {name: clinic-operator, namespace: %s}
            spec:
              holderIdentity: somebody
              leaseDurationSeconds: 3600
              acquireTime: "2026-01-01T00:00:00.000000Z"
              renewTime: "2099-01-01T00:00:00.000000Z"
              leaseTransitions: 0
            """
                .formatted(namespace.name()));
    try (KubernetesClient client = namespace.operatorClient();
        ClinicOperator standby =
            RunningOperator.on(client, namespace.name(), account.url())
                .withLease(
                    new LeaseOptions(
                        namespace.name(), "clinic-operator", "one", Duration.ofSeconds(15)))
                .start();
        Watch watch = Watch.of(standby.httpPort())) {
      watch.rings("ClinicOperatorNoLeader", () -> {});
    }
  }

  @Test
  void theSite() {
    try (ClinicOperator operator = converged();
        Watch watch = Watch.of(operator.httpPort())) {
      watch.rings("ClinicOperatorAgentLost", () -> account.disconnectAgent(agent), this::connect);
      watch.rings(
          "ClinicOperatorEndpointsMissing",
          () -> {
            account.disconnectAgent(agent);
            agent = id(account.connectAgent(Kits.without("one-api", kit())));
            later(Duration.ofMinutes(3));
          },
          this::reconnect);
      JsonNode[] thief = new JsonNode[1];
      watch.rings(
          "ClinicOperatorUnexpectedAgent",
          () -> thief[0] = account.connectAgent(Kits.unnamed(kit())),
          () -> account.disconnectAgent(id(thief[0])));
      watch.rings(
          "ClinicOperatorSiteKitNotInstalled",
          () -> manifests.applyText(Site.sharing("new")),
          () -> {
            manifests.deleteClinic("new");
            manifests.awaitClinicGone("new");
          });
      watch.rings(
          "ClinicOperatorLockNotInstalled",
          () -> manifests.applyText(api("internalLock: Enabled")),
          this::reconnect);
      watch.rings(
          "ClinicOperatorLockRefusesRequests",
          () -> {
            account.disconnectAgent(agent);
            agent = id(account.connectAgent(Kits.withOtherLocks(kit())));
          },
          this::reconnect);
      watch.rings(
          "ClinicOperatorCredentialLost",
          () ->
              account.call(
                  "DELETE", "/credentials/" + account.names("credentials", "id").get(0), null),
          this::reconnect);
    }
  }

  @Test
  void theTime() {
    try (ClinicOperator operator = converged();
        Watch watch = Watch.of(operator.httpPort())) {
      watch.rings(
          "ClinicOperatorAgentOnOldToken",
          () -> {
            manifests.annotateClinic("one", Annotations.ROTATE, "1");
            manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitNotInstalled");
            later(Duration.ofHours(25));
          },
          this::reconnect,
          // Until the overlap is over. Three days pass faster here than an overlap.
          "ClinicOperatorSiteKitNotInstalled");
      openASession("visit");
      watch.rings(
          "ClinicOperatorSessionOverdue",
          () -> {
            account.refuse("DELETE", "/endpoints/*", 500, "ERR_NGROK_10000");
            later(Duration.ofHours(1));
          },
          () -> {
            account.clearFaults();
            manifests.annotateService("desk", Annotations.RETRY, "1");
          });
      manifests.awaitSession("visit", SessionPhase.Closed);
      manifests.applyText(
          Site.clinic(
              "one", "suspend: true", "agent: {authtoken: {rotationInterval: 27h, overlap: 1h}}"));
      manifests.awaitClinic("one", ConditionType.Programmed, "Suspended");
      watch.rings(
          "ClinicOperatorRotationOverdue",
          () -> clock.forward(Duration.ofHours(2)),
          () -> manifests.applyText(Site.clinic("one")));
    }
  }

  @Test
  void theManifests() {
    try (ClinicOperator operator = converged();
        Watch watch = Watch.of(operator.httpPort())) {
      watch.rings(
          "ClinicOperatorObjectStalled",
          () -> manifests.applyText(Site.https("one-api", "one", "odd.example.net")),
          () -> manifests.applyText(api("")));
      watch.rings(
          "ClinicOperatorObjectNotReady",
          () -> {
            account.refuse("PATCH", "/endpoints/*", 500, "ERR_NGROK_10000");
            manifests.applyText(api("access: {denyCIDRs: [192.0.2.0/24]}"));
          },
          account::clearFaults);
      manifests.awaitAllReady();
      watch.rings(
          "ClinicOperatorCertificateExpires",
          () -> {
            manifests.applyText(Kits.authorityOfDays(5));
            manifests.applyText(
                api(
                    "access: {mutualTLS: {caBundles: [{configMapKeyRef: {name: ca, key: ca.crt}}]}}"));
          },
          () -> manifests.applyText(api("")));
    }
  }

  @Test
  void theDomains() {
    try (ClinicOperator operator = converged();
        Watch watch = Watch.of(operator.httpPort())) {
      watch.rings(
          "ClinicOperatorDNSPending",
          () -> add("late.example.org", "DNS_ERROR", "WaitingForDNS"),
          () -> account.dns("late.example.org", null));
      manifests.awaitClinic("one", ConditionType.DomainsReady, "DomainsReady");
      watch.rings(
          "ClinicOperatorCertificatePending",
          () -> add("caa.example.org", "CAA_ERROR", "CertificateFailed"),
          () -> account.dns("caa.example.org", null));
    }
  }

  @Test
  void theHands() {
    String empty = account.state();
    try (ClinicOperator operator = converged();
        Watch watch = Watch.of(operator.httpPort())) {
      watch.rings("ClinicOperatorDrift", () -> changeByHand("first"), () -> {});
      manifests.applyText(Site.clinic("one", "driftPolicy: Report"));
      watch.rings(
          "ClinicOperatorDriftNotCorrected",
          () -> changeByHand("second"),
          () -> manifests.applyText(Site.clinic("one", "driftPolicy: Correct")),
          "ClinicOperatorDrift");
      manifests.awaitAllReady();
      watch.rings(
          "ClinicOperatorQuarantineForgotten",
          () -> manifests.annotateClinic("one", Annotations.QUARANTINE, "true"),
          () -> {
            manifests.annotateClinic("one", Annotations.QUARANTINE, "false");
            manifests.awaitAllReady();
            connect();
          });
      // The agents of this account are not in another one, and their alert waits for the right key.
      watch.rings("ClinicOperatorAccountMismatch", () -> account.restore(empty));
    }
  }

  /** Adds a domain to the site, whose DNS records are wrong. */
  private void add(String domain, String error, String reason) {
    account.dns(domain, error);
    manifests.applyText(
        Site.clinicWithDomains(
            "one",
            "[{name: '%s', shared: true}, {name: one.example.org}, {name: %s}]"
                .formatted(Site.SHARED, domain)));
    manifests.awaitClinic("one", ConditionType.DomainsReady, reason);
  }

  /** Lets time pass, and makes the operator look. */
  private void later(Duration time) {
    clock.forward(time);
    manifests.annotateClinic("one", Annotations.RETRY, clock.instant().toString());
  }

  private void fullCapture(boolean on) {
    account.call("POST", "/_simulator/account", "{\"traffic_full_capture\": " + on + "}");
  }

  private void changeByHand(String text) {
    String id =
        account.all("endpoints").stream()
            .filter(row -> row.path("url").asText().equals("https://one.api.example.com"))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asText();
    account.call("PATCH", "/endpoints/" + id, "{\"description\": \"" + text + "\"}");
  }

  private void openASession(String name) {
    manifests.applyText(
        Site.https(
            "desk",
            "one",
            "desk.api.example.com",
            "availability: OnDemand",
            "onDemand: {maxDuration: 1h, reasonRequired: false}"));
    eventually(() -> assertThat(kit()).contains("desk"));
    reconnect();
    manifests.applyText(SESSION.formatted(name));
    manifests.awaitSession(name, SessionPhase.Open);
  }

  private static String api(String spec) {
    return Site.https("one-api", "one", "one.api.example.com", spec);
  }

  private ClinicOperator converged() {
    return converge(operator());
  }

  /** A site whose agent is connected, and which has its certificates. */
  private ClinicOperator converge(RunningOperator operator) {
    manifests.applyText(Site.all("one"));
    ClinicOperator running =
        operator.withIntervals(OFTEN, OFTEN).withTimeout(Duration.ofMinutes(1)).startAt(clock);
    manifests.awaitAllReady();
    eventually(
        () -> assertThat(manifests.clinic("one").getStatus().services().total()).isEqualTo(3));
    connect();
    manifests.awaitClinic("one", ConditionType.DomainsReady, "DomainsReady");
    return running;
  }

  /** Installs the present site kit: connects an agent, and waits until the operator knows. */
  private void connect() {
    agent = id(account.connectAgent(kit()));
    manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitInstalled");
  }

  private void reconnect() {
    account.disconnectAgent(agent);
    connect();
  }

  private String kit() {
    return manifests.file("one-site-kit", "ngrok.yml");
  }

  private KubernetesClient through(TcpProxy network) {
    Config config =
        new ConfigBuilder(namespace.operator().getConfiguration())
            .withMasterUrl(network.url().toString())
            .withRequestRetryBackoffLimit(0)
            .withRequestTimeout(2_000)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
