package dev.clinicnet.operator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.certificate.Fixtures;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.simulator.SimulatorOptions;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.MovableClock;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.PrometheusServer;
import dev.clinicnet.testkit.Site;
import dev.clinicnet.testkit.StatusBan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Walks through the runbooks on one site: a fault is played, its alert rings in a real Prometheus,
 * the commands of the runbook are run, and the alert is quiet again. The runbooks show what the
 * commands print here.
 */
class RunbooksIT extends InOneNamespace {
  private static final String CLINIC = "lakeside";
  private static final String KIT = "lakeside-site-kit";
  private static final Duration CERTIFICATE = Duration.ofHours(1);
  private static final Duration AGENTS = Duration.ofMillis(200);

  @TempDir Path directory;

  private RunbookScene scene;
  private JsonNode agent;

  /** From before a rotation of the lock. */
  private String oldKit;

  @AfterEach
  void removeThePolicy() {
    ban().lift();
  }

  private StatusBan ban() {
    return new StatusBan(namespace.kubernetes(), "no-status");
  }

  @Test
  void everyRunbookLeadsBackToQuiet() throws Exception {
    account.close();
    MovableClock clock = new MovableClock();
    account =
        NgrokAccount.open(
            SimulatorOptions.defaults()
                .withPort(0)
                .withoutRateLimit()
                .withCertificateDelay(CERTIFICATE)
                .withClock(clock));
    applySite();
    try (ClinicOperator operator = operator().withIntervals(OFTEN, AGENTS).start();
        PrometheusServer prometheus = PrometheusServer.scraping(operator.httpPort(), "")) {
      scene = new RunbookScene(namespace, prometheus, directory);
      manifests.awaitAllReady();
      dnsRecordsAreMissing();
      aCertificateIsNotIssued(clock);
      agent = account.connectAgent(manifests.file(KIT, "ngrok.yml"));
      manifests.awaitClinic(CLINIC, ConditionType.SiteKitCurrent, "SiteKitInstalled");

      theKeyIsRejected(operator);
      theAccountIsSuspended(operator);
      ngrokKeepsWholeRequests();
      theAccountCannotBeListed(operator);
      somebodyChangesAnEndpointByHand();
      aDifferenceStaysWhileItIsOnlyReported();
      anEndpointCannotBeCreated();
      aManifestIsRefused();
      kubernetesRefusesAStatus();
      aCertificateExpires();
      anAgentIsLost();
      aSiteKitIsNotInstalled();
      aLockIsNotInstalled();
      anAgentRefusesWhatIsSent();
      somebodyDeletesACredential();
      anAgentStaysOnAReplacedToken();
      somebodyElseUsesTheAuthtoken();
      scene.assertOutputsAreShown();
    }
  }

  private void theKeyIsRejected(ClinicOperator operator) throws IOException {
    account.refuse("*", "/*", 401, "ERR_NGROK_206");
    manifests.awaitClinic(CLINIC, ConditionType.Ready, "APIKeyRejected");
    scene.rings("ClinicOperatorAPIKeyRejected");
    account.clearFaults();
    operator.refresh();
    scene.isQuiet("ClinicOperatorAPIKeyRejected");
    manifests.awaitAllReady();
  }

  private void theAccountIsSuspended(ClinicOperator operator) throws IOException {
    account.refuse("*", "/*", 403, "ERR_NGROK_103");
    eventually(() -> assertThat(manifests.clinicSays(CLINIC, ConditionType.Ready)).contains("103"));
    scene.rings("ClinicOperatorAccountSuspended");
    account.clearFaults();
    operator.refresh();
    scene.isQuiet("ClinicOperatorAccountSuspended");
    manifests.awaitAllReady();
  }

  private void ngrokKeepsWholeRequests() throws IOException {
    account.call("POST", "/_simulator/account", "{\"traffic_full_capture\": true}");
    scene.rings("ClinicOperatorFullCapture");
    account.call("POST", "/_simulator/account", "{\"traffic_full_capture\": false}");
    scene.isQuiet("ClinicOperatorFullCapture");
  }

  private void theAccountCannotBeListed(ClinicOperator operator) throws IOException {
    account.refuse("*", "/*", 503, "ERR_NGROK_3");
    manifests.awaitClinic(CLINIC, ConditionType.Ready, "PlatformUnavailable");
    scene.rings("ClinicOperatorAccountNotListed");
    account.clearFaults();
    operator.refresh();
    scene.isQuiet("ClinicOperatorAccountNotListed");
    manifests.awaitAllReady();
  }

  private void somebodyChangesAnEndpointByHand() throws IOException {
    describe("lakeside-api", "by hand");
    scene.rings("ClinicOperatorDrift");
    scene.isQuiet("ClinicOperatorDrift");
  }

  private void aDifferenceStaysWhileItIsOnlyReported() throws IOException {
    patchClinic("{\"spec\":{\"driftPolicy\":\"Report\"}}");
    manifests.awaitAllReady();
    describe("lakeside-api", "by hand, again");
    manifests.awaitService("lakeside-api", ConditionType.Ready, "DriftDetected");
    scene.isQuiet("ClinicOperatorDrift");
    scene.rings("ClinicOperatorDriftNotCorrected");
    scene.followSteps("ClinicOperatorDriftNotCorrected");
    scene.isQuiet("ClinicOperatorDriftNotCorrected");
    scene.isQuiet("ClinicOperatorDrift");
  }

  private void anEndpointCannotBeCreated() throws IOException {
    account.refuse("POST", "/endpoints", 500, "ERR_NGROK_10000");
    manifests.applyText(Site.web(CLINIC));
    eventually(
        () ->
            assertThat(manifests.serviceSays("lakeside-web", ConditionType.Ready)).contains("500"));
    scene.rings("ClinicOperatorObjectNotReady");
    account.clearFaults();
    scene.followSteps("ClinicOperatorObjectNotReady");
    scene.isQuiet("ClinicOperatorObjectNotReady");
    manifests.awaitService("lakeside-web", ConditionType.Ready, "Programmed");
  }

  private void aManifestIsRefused() throws IOException {
    manifests.applyText(Site.https("lakeside-web", CLINIC, "lakeside.elsewhere.example"));
    scene.rings("ClinicOperatorObjectStalled");
    scene.followSteps("ClinicOperatorObjectStalled");
    scene.isQuiet("ClinicOperatorObjectStalled");
    manifests.awaitAllReady();
  }

  private void kubernetesRefusesAStatus() throws IOException {
    ban().impose(namespace.name(), "lakeside-web", "policy no-status: nobody may write this");
    // A policy comes into force after a moment.
    AtomicInteger change = new AtomicInteger();
    eventually(
        () -> {
          String allowed = "access: {allowCIDRs: [10." + change.incrementAndGet() + ".0.0/16]}";
          manifests.applyText(Site.https("lakeside-web", CLINIC, "lakeside.example.org", allowed));
          assertThat(manifests.events()).extracting("reason").contains("StatusNotWritten");
        });
    scene.rings("ClinicOperatorWritesRefused");
    scene.followSteps("ClinicOperatorWritesRefused");
    scene.isQuiet("ClinicOperatorWritesRefused");
    manifests.applyText(Site.web(CLINIC));
    manifests.awaitAllReady();
  }

  private void dnsRecordsAreMissing() throws IOException {
    account.dns("lakeside.example.org", "DNS_ERROR");
    manifests.awaitClinic(CLINIC, ConditionType.DomainsReady, "WaitingForDNS");
    scene.rings("ClinicOperatorDNSPending");
    account.dns("lakeside.example.org", null);
    scene.isQuiet("ClinicOperatorDNSPending");
  }

  private void aCertificateIsNotIssued(MovableClock clock) throws IOException {
    manifests.awaitClinic(CLINIC, ConditionType.DomainsReady, "CertificatePending");
    scene.rings("ClinicOperatorCertificatePending");
    clock.forward(CERTIFICATE);
    scene.isQuiet("ClinicOperatorCertificatePending");
  }

  private void aCertificateExpires() throws Exception {
    Path soon = directory.resolve("soon.crt");
    Process make =
        new ProcessBuilder(
                ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 5"
                        + " -subj /CN=clients -keyout "
                        + directory.resolve("soon.key")
                        + " -out "
                        + soon)
                    .split(" "))
            .redirectErrorStream(true)
            .start();
    String said = new String(make.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(make.waitFor()).as(said).isZero();
    Files.writeString(directory.resolve("new-ca.crt"), Fixtures.read("ca.crt"));
    manifests.applyText(authorities(Files.readString(soon)));
    scene.rings("ClinicOperatorCertificateExpires");
    scene.followSteps("ClinicOperatorCertificateExpires");
    scene.isQuiet("ClinicOperatorCertificateExpires");
  }

  private void anAgentIsLost() throws IOException {
    account.disconnectAgent(agent.path("id").asText());
    manifests.awaitClinic(CLINIC, ConditionType.AgentOnline, "AgentOffline");
    scene.rings("ClinicOperatorAgentLost");
    agent = account.connectAgent(manifests.file(KIT, "ngrok.yml"));
    scene.isQuiet("ClinicOperatorAgentLost");
  }

  private void aSiteKitIsNotInstalled() throws IOException {
    manifests.applyText(Site.service("xray", CLINIC, "http://10.0.0.7:80"));
    manifests.awaitClinic(CLINIC, ConditionType.SiteKitCurrent, "SiteKitOutdated");
    scene.rings("ClinicOperatorSiteKitNotInstalled");
    scene.followSteps("ClinicOperatorSiteKitNotInstalled");
    installKit();
    scene.isQuiet("ClinicOperatorSiteKitNotInstalled");
  }

  private void aLockIsNotInstalled() throws IOException {
    manifests.applyText(
        Site.https("lakeside-api", CLINIC, "lakeside.api.example.com", "internalLock: Enabled"));
    manifests.awaitService("lakeside-api", ConditionType.InternalLocked, "LockNotInstalled");
    scene.rings("ClinicOperatorLockNotInstalled");
    scene.followSteps("ClinicOperatorLockNotInstalled");
    installKit();
    scene.isQuiet("ClinicOperatorLockNotInstalled");
    manifests.awaitService("lakeside-api", ConditionType.InternalLocked, "LockInForce");
    oldKit = scene.file("kit/ngrok.yml");

    // A rotation makes a new kit, which the site does not have yet.
    manifests.annotateClinic(CLINIC, "clinicnet.dev/rotate-internal-lock", "for this test");
    manifests.awaitService("lakeside-api", ConditionType.InternalLocked, "LockRotationWaits");
    scene.isRinging("ClinicOperatorLockNotInstalled");
    scene.followSteps("ClinicOperatorLockNotInstalled");
    installKit();
    scene.isQuiet("ClinicOperatorLockNotInstalled");
    manifests.awaitService("lakeside-api", ConditionType.InternalLocked, "LockInForce");
  }

  private void anAgentRefusesWhatIsSent() throws IOException {
    manifests.annotateClinic(CLINIC, "clinicnet.dev/rotate-internal-lock", "again");
    manifests.awaitService("lakeside-api", ConditionType.InternalLocked, "LockRotationWaits");
    installKit(oldKit);
    manifests.awaitService("lakeside-api", ConditionType.InternalLocked, "LockRefusesRequests");
    scene.rings("ClinicOperatorLockRefusesRequests");
    scene.isQuiet("ClinicOperatorLockNotInstalled");
    scene.isQuiet("ClinicOperatorSiteKitNotInstalled");
    scene.followSteps("ClinicOperatorLockRefusesRequests");
    installKit();
    scene.isQuiet("ClinicOperatorLockRefusesRequests");
    manifests.awaitService("lakeside-api", ConditionType.InternalLocked, "LockInForce");
  }

  private void somebodyDeletesACredential() throws IOException {
    account.call("DELETE", "/credentials/" + id(only("credentials")), null);
    manifests.awaitClinic(CLINIC, ConditionType.SiteKitCurrent, "CredentialLost");
    scene.rings("ClinicOperatorCredentialLost");
    scene.followSteps("ClinicOperatorCredentialLost");
    installKit();
    scene.isQuiet("ClinicOperatorCredentialLost");
    manifests.awaitAllReady();
  }

  private void anAgentStaysOnAReplacedToken() throws IOException {
    manifests.annotateClinic(CLINIC, "clinicnet.dev/rotate", "for this test");
    manifests.awaitClinic(CLINIC, ConditionType.AgentOnOldToken, "OverlapPassed");
    scene.rings("ClinicOperatorAgentOnOldToken");
    scene.followSteps("ClinicOperatorAgentOnOldToken");
    installKit();
    scene.isQuiet("ClinicOperatorAgentOnOldToken");
  }

  private void somebodyElseUsesTheAuthtoken() throws IOException {
    account.connectAgent(
        manifests.file(KIT, "ngrok.yml").stripTrailing()
            + """

              - name: shop
                url: https://shop.lakeside.internal
                upstream: {url: "http://10.0.0.9:80"}
            """);
    manifests.awaitClinic(CLINIC, ConditionType.AgentOnline, "UnexpectedEndpoint");
    scene.rings("ClinicOperatorUnexpectedAgent");
    scene.followStep("ClinicOperatorUnexpectedAgent", 2);
    manifests.awaitClinic(CLINIC, ConditionType.Programmed, "Quarantined");
    scene.isQuiet("ClinicOperatorUnexpectedAgent");
    assertThat(account.all("tunnel_sessions")).isEmpty();

    scene.rings("ClinicOperatorQuarantineForgotten");
    scene.followStep("ClinicOperatorQuarantineForgotten", 2);
    manifests.awaitAllReady();
    scene.followStep("ClinicOperatorQuarantineForgotten", 3);
    installKit();
    scene.isQuiet("ClinicOperatorQuarantineForgotten");
    manifests.awaitClinic(CLINIC, ConditionType.SiteKitCurrent, "SiteKitInstalled");

    scene.followStep("ClinicOperatorUnexpectedAgent", 2);
    manifests.awaitClinic(CLINIC, ConditionType.Programmed, "Quarantined");
    scene.followStep("ClinicOperatorUnexpectedAgent", 4);
    manifests.awaitAllReady();
    scene.followStep("ClinicOperatorUnexpectedAgent", 5);
    installKit();
    manifests.awaitClinic(CLINIC, ConditionType.SiteKitCurrent, "SiteKitInstalled");
  }

  /** A technician installs what the commands of a runbook have taken out of the Secret. */
  private void installKit() throws IOException {
    installKit(scene.file("kit/ngrok.yml"));
  }

  private void installKit(String file) {
    account.disconnectAgent(agent.path("id").asText());
    agent = account.connectAgent(file);
    assertThat(agent.path("session_id").asText()).as(agent.toString()).isNotEmpty();
  }

  private void describe(String service, String text) {
    String host = manifests.service(service).getStatus().publicURL();
    account.call(
        "PATCH",
        "/endpoints/" + id(the("endpoints", "url", host)),
        "{\"description\": \"" + text + "\"}");
  }

  private void patchClinic(String patch) {
    namespace
        .kubernetes()
        .kubectl(
            "patch",
            "clinic",
            CLINIC,
            "--namespace=" + namespace.name(),
            "--type=merge",
            "-p",
            patch);
  }

  private void applySite() {
    manifests.applyText(Site.clinic(CLINIC, "agent: {authtoken: {overlap: 1s}}"));
    manifests.applyText(Site.api(CLINIC));
    manifests.applyText(authorities(Fixtures.read("ca.crt")));
    manifests.applyText(
        Site.https(
            "lakeside-records",
            CLINIC,
            "lakeside-records.api.example.com",
            "access: {mutualTLS: {caBundles: [{configMapKeyRef: {name: lakeside-clients, key:"
                + " ca.crt}}]}}"));
  }

  private static String authorities(String certificate) {
    return """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: lakeside-clients
          labels: {clinicnet.dev/referenced: "true"}
        data: {ca.crt: "%s"}
        """
        .formatted(certificate.replace("\n", "\\n"));
  }
}
