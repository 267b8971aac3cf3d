package dev.clinicnet.operator.it.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.certificate.Fixtures;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.simulator.TestAuthority;
import dev.clinicnet.simulator.edge.EdgeClient;
import dev.clinicnet.testkit.AgentKind;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Site;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The second lock: whoever dials an internal endpoint past the public one is refused, and clients
 * of the public endpoint notice nothing, also while the lock is installed, rotated and removed.
 */
@SuppressWarnings("try") // An operator only has to run.
class InternalLockIT extends InOneNamespace {
  private static final String KIT = "one-site-kit";
  private static final String PUBLIC = "https://one.api.example.com";
  private static final String INTERNAL = "https://one-api.one.internal";
  private static final String HEADER = "clinicnet-internal-lock";
  private static final String LOCKED = "internalLock: Enabled";
  private static final String LOCK = "internal-lock";

  private final List<String> received = new CopyOnWriteArrayList<>();
  private HttpServer upstream;

  @BeforeEach
  void serve() throws IOException {
    upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    upstream.createContext("/", this::answer);
    upstream.start();
  }

  @AfterEach
  void stop() {
    upstream.stop(0);
  }

  @ParameterizedTest
  @EnumSource(AgentKind.class)
  void aDialPastThePublicEndpointIsRefusedAndAClientOfThatEndpointIsNot(AgentKind kind) {
    account.play(kind);
    manifests.applyText(Site.sharing("one") + "---\n" + api(LOCKED));
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      awaitDemandingKit();
      String kit = kit();
      install(kit);
      manifests.awaitService("one-api", ConditionType.InternalLocked, "LockInForce");
      manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitInstalled");

      assertThat(throughTheFront()).isEqualTo("200");
      assertThat(client(PUBLIC).request("GET", PUBLIC + "/api", Map.of(HEADER, "guess")).outcome())
          .isEqualTo("200");
      assertThat(received).hasSize(2).noneMatch(fields -> fields.contains(HEADER));
      assertThat(dialled(Map.of())).isEqualTo("403");
      assertThat(dialled(Map.of(HEADER, "guess"))).isEqualTo("403");
      assertThat(dialled(Map.of(HEADER, status()))).isEqualTo("403");
      assertThat(received).hasSize(2);

      account.forgetRequests();
      awaitSweeps(4);
      assertThat(account.writes()).isEmpty();
      assertThat(kit()).isEqualTo(kit);
      assertThatNothingShowsTheKeys(operator);
    }
  }

  /** Nothing but the status of its Clinic wakes a service whose pass came before the keys. */
  @Test
  void aLockThatIsAddedLaterIsSentWithoutAnySweep() {
    List<String> sites = IntStream.range(0, 12).mapToObj(i -> "later" + i).toList();
    sites.forEach(site -> manifests.applyText(Site.sharing(site) + "---\n" + apiOf(site)));
    Duration never = Duration.ofMinutes(10);
    try (ClinicOperator operator = operator().withIntervals(never, never).start()) {
      manifests.awaitAllReady();

      sites.forEach(site -> manifests.applyText(apiOf(site, LOCKED)));

      eventually(
          () ->
              assertThat(sites)
                  .allSatisfy(
                      site ->
                          assertThat(manifests.service(site + "-api").getStatus().internalLock())
                              .isNotNull()));
    }
  }

  private static String apiOf(String site, String... spec) {
    return Site.https(site + "-api", site, site + ".api.example.com", spec);
  }

  @Test
  void withoutTheLockADialReachesTheUpstream() {
    manifests.applyText(Site.sharing("one") + "---\n" + api());
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      install(kit());
      manifests.awaitService("one-api", ConditionType.AgentOnline, "EndpointBound");

      assertThat(dialled(Map.of())).isEqualTo("200");
      assertThat(kit()).doesNotContain("traffic_policy");
      assertThat(manifests.secret(KIT).getData()).doesNotContainKey(LOCK);
      assertThat(account.all("vault_secrets")).isEmpty();
      assertThat(manifests.serviceSays("one-api", ConditionType.InternalLocked)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(AgentKind.class)
  void noRequestFailsWhileTheLockIsInstalledRotatedAndRemoved(AgentKind kind) throws Exception {
    account.play(kind);
    manifests.applyText(Site.sharing("one") + "---\n" + api());
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      JsonNode agent = install(kit());
      eventually(() -> assertThat(throughTheFront()).isEqualTo("200"));
      try (Clients clients = new Clients()) {
        // The site keeps its old kit.
        manifests.applyText(api(LOCKED));
        awaitDemandingKit();
        manifests.awaitService("one-api", ConditionType.InternalLocked, "LockNotInstalled");
        manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitOutdated");
        clients.assertServed();
        assertThat(dialled(Map.of())).isEqualTo("200");

        // A rotation waits for the kit.
        String first = status();
        manifests.annotateClinic("one", "clinicnet.dev/rotate-internal-lock", "early");
        awaitSweeps(3);
        assertThat(status()).isEqualTo(first);
        String keys = keys();

        // The new kit is installed, and the rotation begins.
        agent = reinstall(agent);
        eventually(() -> assertThat(status()).isNotEqualTo(first));
        eventually(() -> assertThat(keys()).isNotEqualTo(keys));
        clients.assertServed();
        eventually(() -> assertThat(dialled(Map.of())).isEqualTo("403"));

        // The kit of after the rotation.
        manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitOutdated");
        eventually(() -> assertThat(kit()).doesNotContain(first));
        agent = reinstall(agent);
        manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitInstalled");
        clients.assertServed();

        // Somebody deletes the keys.
        String rotated = status();
        manifests.writeSecret(KIT, LOCK, "");
        eventually(() -> assertThat(keys()).isNotEmpty());
        manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitOutdated");
        assertThat(status()).isEqualTo(rotated);
        clients.assertServed();
        agent = reinstall(agent);
        eventually(() -> assertThat(status()).isNotEqualTo(rotated));
        clients.assertServed();

        // The lock is not asked for any more.
        manifests.applyText(api());
        eventually(() -> assertThat(kit()).doesNotContain("traffic_policy"));
        awaitSweeps(2);
        assertThat(policy()).contains(HEADER);
        clients.assertServed();
        reinstall(agent);
        eventually(() -> assertThat(policy()).doesNotContain(HEADER));
        eventually(() -> assertThat(account.all("vault_secrets")).isEmpty());
        clients.assertServed();
      }
    }
  }

  /** An agent that was off during two rotations comes back. */
  @Test
  void anOldKitRefusesClientsUntilThePresentOneIsInstalled() {
    manifests.applyText(Site.sharing("one") + "---\n" + api(LOCKED));
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      awaitDemandingKit();
      String old = kit();
      JsonNode agent = install(old);
      manifests.awaitService("one-api", ConditionType.InternalLocked, "LockInForce");
      for (String rotation : List.of("first", "second")) {
        String before = status();
        manifests.annotateClinic("one", "clinicnet.dev/rotate-internal-lock", rotation);
        eventually(() -> assertThat(status()).isNotEqualTo(before));
        eventually(() -> assertThat(kit()).doesNotContain(before));
        agent = reinstall(agent);
        manifests.awaitService("one-api", ConditionType.InternalLocked, "LockInForce");
        manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitInstalled");
      }
      assertThat(throughTheFront()).isEqualTo("200");

      account.disconnectAgent(agent.path("id").asText());
      agent = install(old);

      manifests.awaitService("one-api", ConditionType.InternalLocked, "LockRefusesRequests");
      assertThat(throughTheFront()).isEqualTo("403");
      assertThat(operator.metrics())
          .containsPattern("clinicnet_overdue_seconds\\{due=\"refusal\"} (?!0\\.0\\s)");

      reinstall(agent);
      manifests.awaitService("one-api", ConditionType.InternalLocked, "LockInForce");
      assertThat(throughTheFront()).isEqualTo("200");
      assertThat(operator.metrics()).contains("clinicnet_overdue_seconds{due=\"refusal\"} 0.0");
    }
  }

  /** The list that would show the agent with the lock comes after the lock is off. */
  @Test
  void noRequestFailsIfTheLockIsSwitchedOffBeforeItsAgentIsListed() throws Exception {
    Duration never = Duration.ofMinutes(10);
    manifests.applyText(Site.sharing("one") + "---\n" + api());
    JsonNode agent;
    try (ClinicOperator operator = operator().withIntervals(never, never).start()) {
      manifests.awaitAllReady();
      agent = install(kit());
      look(operator);
      manifests.awaitService("one-api", ConditionType.AgentOnline, "EndpointBound");
      manifests.applyText(api(LOCKED));
      awaitDemandingKit();
      agent = reinstall(agent);
      eventually(() -> assertThat(throughTheFront()).isEqualTo("200"));
      try (Clients clients = new Clients()) {
        int before = endpointLists();
        manifests.applyText(api());
        eventually(() -> assertThat(kit()).doesNotContain("traffic_policy"));
        eventually(this::assertThatTheManifestWasSeen);
        clients.assertServed();
        eventually(() -> assertThat(offSince()).isNotNull());
        eventually(() -> assertThat(endpointLists()).isGreaterThan(before));
        look(operator);

        clients.assertServed();
        assertThat(policy()).contains(HEADER);
        assertThat(dialled(Map.of())).isEqualTo("403");
      }
    }
    // The next process knows from the status that the lock is off.
    String off = offSince();
    try (Clients clients = new Clients();
        ClinicOperator operator = operator().withIntervals(never, never).start()) {
      look(operator);
      assertThat(offSince()).isEqualTo(off);
      assertThat(policy()).contains(HEADER);
      clients.assertServed();

      reinstall(agent);
      look(operator);
      eventually(() -> assertThat(policy()).doesNotContain(HEADER));
      eventually(() -> assertThat(account.all("vault_secrets")).isEmpty());
      eventually(() -> assertThat(status()).isEqualTo("none"));
      clients.assertServed();
    }
  }

  /** A full vault holds the lock back, and nothing else. */
  @Test
  void aNarrowedAccessGoesOutAlsoWhileTheVaultIsFull() {
    manifests.applyText(Site.sharing("one") + "---\n" + api());
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      install(kit());
      manifests.awaitService("one-api", ConditionType.AgentOnline, "EndpointBound");
      account.call("POST", "/_simulator/plan-limits", "{\"vault_secrets\":0}");

      manifests.applyText(api(LOCKED, "access: {allowCIDRs: [198.51.100.0/24]}"));
      eventually(() -> assertThat(policy()).contains("198.51.100.0/24").doesNotContain(HEADER));
      manifests.awaitService("one-api", ConditionType.Programmed, "AccountLimitReached");
      manifests.awaitService("one-api", ConditionType.InternalLocked, "LockPending");
      manifests.applyText(api(LOCKED, "access: {allowCIDRs: [192.0.2.0/24]}"));
      eventually(() -> assertThat(policy()).contains("192.0.2.0/24").doesNotContain("198.51"));
      assertThat(kit()).doesNotContain("traffic_policy");

      account.call("POST", "/_simulator/plan-limits", "{\"vault_secrets\":5}");
      manifests.annotateService("one-api", "clinicnet.dev/retry", "1");
      eventually(() -> assertThat(policy()).contains(HEADER));
      awaitDemandingKit();
      manifests.awaitAllReady();
    }
  }

  /** The example's records service demands client certificates at the agent. */
  @ParameterizedTest
  @EnumSource(AgentKind.class)
  void aDialToATlsEndpointNeedsACertificateOfTheClient(AgentKind kind) {
    account.play(kind);
    TestAuthority clinic = new TestAuthority("clinic");
    TestAuthority servers = new TestAuthority("servers");
    manifests.applyText(Site.sharing("one"));
    manifests.applyText(
        Fixtures.authorities().replace(oneLine(Fixtures.read("ca.crt")), oneLine(clinic.pem())));
    manifests.applyText(serverCertificate(servers.issue("db.api.example.com")));
    manifests.applyText(
        Site.service(
            "one-db",
            "one",
            "tcp://10.0.0.2:5432",
            LOCKED,
            "expose: {tls: {host: db.api.example.com, agentTermination: {certificateSecretRef:"
                + " {name: db-tls}, clientCARef: {configMapKeyRef: {name: clients, key: ca.crt}}}}}"));
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      eventually(() -> assertThat(kit()).contains("client-certificate"));
      install(kit());
      manifests.awaitService("one-db", ConditionType.InternalLocked, "LockInForce");
      String url = "tls://one-db.one.internal";
      EdgeClient dialling =
          EdgeClient.of(() -> Map.of(url, account.dial(url)), servers.pem())
              .withSNI("db.api.example.com");

      assertThat(dialling.get(url).outcome()).isNotEqualTo("200");
      assertThat(
              dialling
                  .withCertificate(new TestAuthority("stranger").issue("stranger"))
                  .get(url)
                  .outcome())
          .isNotEqualTo("200");
      assertThat(dialling.withCertificate(clinic.issue("client")).get(url).outcome())
          .isEqualTo("200");
      assertThat(received).hasSize(1);
    }
  }

  private static String api(String... spec) {
    return Site.https("one-api", "one", "one.api.example.com", spec);
  }

  private void awaitDemandingKit() {
    eventually(() -> assertThat(kit()).contains("traffic_policy", status()));
  }

  private String kit() {
    return manifests
        .publishedFile(KIT, "ngrok.yml")
        .orElseThrow(() -> new AssertionError("no site kit"));
  }

  private JsonNode install(String file) {
    JsonNode agent = account.connectAgent(file);
    // An agent outside of the simulator repeats what was refused while the one before still ended.
    eventually(
        () ->
            assertThat(account.names("endpoints", "url"))
                .anyMatch(url -> url.endsWith(".one.internal")));
    account.upstreams(
        agent,
        Map.of("10.0.0.1:8080", upstream.getAddress(), "10.0.0.2:5432", upstream.getAddress()));
    return agent;
  }

  /** A technician installs the present kit, and clients wait for as long as the agent restarts. */
  private JsonNode reinstall(JsonNode agent) {
    synchronized (received) {
      account.disconnectAgent(agent.path("id").asText());
      return install(kit());
    }
  }

  /** What the public endpoint sends. */
  private String status() {
    var lock = manifests.service("one-api").getStatus().internalLock();
    return lock == null ? "none" : lock.sends();
  }

  private void assertThatTheManifestWasSeen() {
    ClinicService service = manifests.service("one-api");
    assertThat(service.getStatus().observedGeneration())
        .isEqualTo(service.getMetadata().getGeneration());
  }

  private String offSince() {
    var lock = manifests.service("one-api").getStatus().internalLock();
    return lock == null ? null : lock.offSince();
  }

  private int endpointLists() {
    return account.requests().getOrDefault("GET /endpoints", 0);
  }

  private String keys() {
    return manifests.publishedFile(KIT, LOCK).orElse("");
  }

  private String policy() {
    return the("endpoints", "url", PUBLIC).path("traffic_policy").asText();
  }

  private EdgeClient client(String url) {
    return EdgeClient.of(
        () -> Map.of(url, account.edge(url, "203.0.113.7")), account.edgeAuthority());
  }

  private String throughTheFront() {
    return client(PUBLIC).get(PUBLIC + "/api/patients").outcome();
  }

  /** The answer to whoever holds an access token of the account. */
  private String dialled(Map<String, String> headers) {
    String plain = INTERNAL.replace("https", "http");
    return EdgeClient.of(() -> Map.of(plain, account.dial(INTERNAL)), account.edgeAuthority())
        .request("GET", plain + "/api/patients", headers)
        .outcome();
  }

  private void assertThatNothingShowsTheKeys(ClinicOperator operator) {
    String keys = keys();
    assertThat(keys).hasSize(88);
    assertThat(kit()).contains(status());
    String shown =
        account.state()
            + manifests.service("one-api")
            + manifests.clinic("one")
            + manifests.events()
            + kit()
            + operator.metrics();
    for (String key : keys.lines().toList()) {
      assertThat(shown).doesNotContain(key);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    StringBuilder fields = new StringBuilder();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) ->
                fields
                    .append(name.toLowerCase(Locale.ROOT))
                    .append(": ")
                    .append(values)
                    .append('\n'));
    received.add(fields.toString());
    byte[] body = "upstream".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String serverCertificate(TestAuthority.Identity identity) {
    return """
        apiVersion: v1
        kind: Secret
        metadata: {name: db-tls, labels: {clinicnet.dev/referenced: "true"}}
        type: kubernetes.io/tls
        stringData: {tls.crt: "%s", tls.key: "%s"}
        """
        .formatted(oneLine(identity.certificatePEM()), oneLine(identity.keyPEM()));
  }

  private static String oneLine(String pem) {
    return pem.replace("\n", "\\n");
  }

  /** Clients of the public endpoint, one request after the other. */
  private final class Clients implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final AtomicBoolean goOn = new AtomicBoolean(true);
    private final List<String> answers = new CopyOnWriteArrayList<>();
    private final Future<?> run;

    Clients() {
      EdgeClient client = client(PUBLIC);
      run =
          thread.submit(
              () -> {
                while (goOn.get()) {
                  synchronized (received) {
                    answers.add(client.get(PUBLIC + "/api/patients").outcome());
                  }
                }
              });
    }

    /** Many more requests were answered, all of them well. */
    void assertServed() {
      int before = answers.size();
      eventually(() -> assertThat(answers).hasSizeGreaterThan(before + 20));
      assertThat(new ArrayList<>(answers)).containsOnly("200");
    }

    @Override
    public void close() throws Exception {
      goOn.set(false);
      run.get();
      thread.shutdownNow();
    }
  }
}
