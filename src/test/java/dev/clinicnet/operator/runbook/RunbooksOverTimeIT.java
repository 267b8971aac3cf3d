package dev.clinicnet.operator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Kits;
import dev.clinicnet.testkit.MovableClock;
import dev.clinicnet.testkit.PrometheusServer;
import dev.clinicnet.testkit.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Walks through the runbooks of states that come with time, or that only time ends: the operator's
 * clock is put forward. {@link RunbooksIT} plays the others in the same way.
 */
@SuppressWarnings("try") // An operator only has to run.
class RunbooksOverTimeIT extends InOneNamespace {
  private static final String CLINIC = "lakeside";
  private static final String KIT = "lakeside-site-kit";
  private static final Duration AGENTS = Duration.ofMillis(200);

  /** Longer than an agent may take to bind its endpoints. */
  private static final Duration SETTLED = Duration.ofMinutes(3);

  @TempDir Path directory;

  private final MovableClock clock = new MovableClock();
  private RunbookScene scene;
  private String agent;

  @Test
  void everyRunbookIsRunInItsState() throws IOException {
    String empty = account.state();
    manifests.applyText(Site.clinic(CLINIC));
    manifests.applyText(Site.api(CLINIC));
    manifests.applyText(Site.web(CLINIC));
    try (ClinicOperator operator = operator().withIntervals(OFTEN, AGENTS).startAt(clock);
        PrometheusServer prometheus = PrometheusServer.scraping(operator.httpPort(), "")) {
      scene = new RunbookScene(namespace, prometheus, directory);
      manifests.awaitAllReady();
      connect();

      anAgentDoesNotServeEveryService();
      aSessionIsNotClosed();
      anAuthtokenIsNotRotated();
      theAccountIsAnotherOne(empty);
      theBudgetIsUsedUp();
      scene.assertOutputsAreShown();
    }
  }

  private void anAgentDoesNotServeEveryService() throws IOException {
    account.disconnectAgent(agent);
    agent = id(account.connectAgent(Kits.without("lakeside-api", kit())));
    later(SETTLED);
    manifests.awaitClinic(CLINIC, ConditionType.AgentOnline, "EndpointsMissing");
    scene.rings("ClinicOperatorEndpointsMissing");
    scene.followSteps("ClinicOperatorEndpointsMissing");
    account.disconnectAgent(agent);
    agent = id(account.connectAgent(scene.file("kit/ngrok.yml")));
    scene.isQuiet("ClinicOperatorEndpointsMissing");
  }

  private void aSessionIsNotClosed() throws IOException {
    manifests.applyText(
        Site.https(
            "lakeside-dashboard",
            CLINIC,
            "lakeside-dashboard.api.example.com",
            "availability: OnDemand",
            "onDemand: {maxDuration: 1h, reasonRequired: false}"));
    eventually(() -> assertThat(kit()).contains("lakeside-dashboard"));
    account.disconnectAgent(agent);
    connect();
    manifests.applyText(
        """
        apiVersion: clinicnet.dev/v1alpha1
        kind: ClinicSession
        metadata: {name: ticket-4711}
        spec: {serviceRef: {name: lakeside-dashboard}, duration: 1h}
        """);
    manifests.awaitSession("ticket-4711", SessionPhase.Open);
    account.refuse("DELETE", "/endpoints/*", 500, "ERR_NGROK_10000");
    later(Duration.ofHours(2));
    manifests.annotateService("lakeside-dashboard", Annotations.RETRY, "late");
    eventually(
        () ->
            assertThat(manifests.serviceSays("lakeside-dashboard", ConditionType.Programmed))
                .contains("500"));
    scene.rings("ClinicOperatorSessionOverdue");
    account.clearFaults();
    manifests.annotateService("lakeside-dashboard", Annotations.RETRY, "again");
    scene.isQuiet("ClinicOperatorSessionOverdue");
    manifests.awaitSession("ticket-4711", SessionPhase.Closed);
  }

  private void anAuthtokenIsNotRotated() throws IOException {
    manifests.applyText(
        Site.clinic(
            CLINIC, "suspend: true", "agent: {authtoken: {rotationInterval: 720h, overlap: 24h}}"));
    manifests.awaitClinic(CLINIC, ConditionType.Programmed, "Suspended");
    clock.forward(Duration.ofDays(31));
    scene.rings("ClinicOperatorRotationOverdue");
    manifests.applyText(Site.clinic(CLINIC));
    scene.isQuiet("ClinicOperatorRotationOverdue");
    manifests.awaitAllReady();
  }

  private void theAccountIsAnotherOne(String other) throws IOException {
    String right = account.state();
    account.restore(other);
    manifests.awaitClinic(CLINIC, ConditionType.Ready, "AccountMismatch");
    scene.rings("ClinicOperatorAccountMismatch");
    account.restore(right);
    scene.isQuiet("ClinicOperatorAccountMismatch");
    manifests.awaitAllReady();
  }

  /** The budget is back after a minute, which this does not wait for. */
  private void theBudgetIsUsedUp() throws IOException {
    account.refuse("PATCH", "/endpoints/*", 429, "ERR_NGROK_614");
    manifests.applyText(
        Site.https(
            "lakeside-api",
            CLINIC,
            "lakeside.api.example.com",
            "access: {denyCIDRs: [192.0.2.0/24]}"));
    manifests.awaitService("lakeside-api", ConditionType.Programmed, "WaitingForBudget");
    scene.rings("ClinicOperatorBudgetExhausted");
  }

  /** Lets time pass, and makes the operator look. */
  private void later(Duration time) {
    clock.forward(time);
    manifests.annotateClinic(CLINIC, Annotations.RETRY, clock.instant().toString());
  }

  private void connect() {
    agent = id(account.connectAgent(kit()));
    manifests.awaitClinic(CLINIC, ConditionType.SiteKitCurrent, "SiteKitInstalled");
  }

  private String kit() {
    return manifests.file(KIT, "ngrok.yml");
  }
}
