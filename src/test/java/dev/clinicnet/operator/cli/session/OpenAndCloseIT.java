package dev.clinicnet.operator.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.cli.CommandRun;
import dev.clinicnet.operator.cli.Main;
import dev.clinicnet.operator.cli.cluster.ClusterExit;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.OnDemandSite;
import dev.clinicnet.testkit.Person;
import dev.clinicnet.testkit.ProgramClassPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code open} and {@code close} with the rights of a technician, and nothing else. */
@SuppressWarnings("try") // An operator only has to run.
class OpenAndCloseIT extends InOneNamespace {
  private static final String SERVICE = "one-dashboard";

  @TempDir private Path directory;
  private OnDemandSite site;
  private Path technician;

  @BeforeEach
  void giveRights() {
    site = new OnDemandSite(account, manifests, "one");
    technician = Person.kubeconfig(namespace, directory, "ann", "clinicnet-session-user");
  }

  @AfterEach
  void closeSite() {
    site.close();
  }

  @Test
  void aTechnicianOpensItUsesItAndClosesIt() {
    try (ClinicOperator operator = converged()) {
      CommandRun open = run("open", SERVICE, "--for", "30m", "--reason", "ticket 4711");

      assertThat(open.code()).as(open.err()).isEqualTo(ClusterExit.DONE.code());
      assertThat(open.out()).isEqualTo(site.url() + "\n");
      assertThat(site.ask()).isEqualTo("200");
      ClinicSession session = manifests.sessions().get(0);
      String name = session.getMetadata().getName();
      assertThat(name).startsWith(SERVICE + "-");
      assertThat(session.getSpec().reason()).isEqualTo("ticket 4711");
      assertThat(open.err())
          .contains("It is open until " + session.getStatus().expiresAt())
          .contains("clinic-operator close " + name + " -n " + namespace.name());
      assertThat(Instant.parse(session.getStatus().expiresAt()))
          .isBetween(
              Instant.now().plus(Duration.ofMinutes(28)),
              Instant.now().plus(Duration.ofMinutes(31)));

      CommandRun close = run("close", name);
      assertThat(close.code()).as(close.err()).isEqualTo(ClusterExit.DONE.code());
      assertThat(close.out()).isEqualTo("Session " + name + " is closed.\n");
      assertThat(site.isPublished()).isFalse();
      assertThat(run("close", name).code()).isEqualTo(ClusterExit.NOT_FOUND.code());
    }
  }

  @Test
  void allSessionsOfAServiceAreClosedAndOneThatIsOverIsKept() {
    try (ClinicOperator operator = converged()) {
      manifests.applyText(site.session("long", "1h"));
      manifests.applyText(site.session("short", "2s"));
      manifests.awaitSession("long", SessionPhase.Open);
      manifests.awaitSession("short", SessionPhase.Closed);

      CommandRun over = run("close", "short");
      assertThat(over.code()).isEqualTo(ClusterExit.DONE.code());
      assertThat(over.err()).contains("is over already", "kept as a record");
      assertThat(manifests.session("short")).isNotNull();

      CommandRun all = run("close", "--service", SERVICE);
      assertThat(all.code()).isEqualTo(ClusterExit.DONE.code());
      assertThat(all.out()).isEqualTo("Session long is closed.\n");
      CommandRun none = run("close", "--service", SERVICE);
      assertThat(none.code()).isEqualTo(ClusterExit.NOT_FOUND.code());
      assertThat(none.err()).contains("No session of " + namespace.name() + "/" + SERVICE);
    }
  }

  @Test
  void whoHoldsItStaysUntilItIsOver() {
    try (ClinicOperator operator = converged()) {
      CommandRun held = run("open", SERVICE, "--for", "5s", "--hold");

      assertThat(held.code()).isEqualTo(ClusterExit.DONE.code());
      assertThat(held.out()).isEqualTo(site.url() + "\n");
      assertThat(held.err()).contains("The session is over.");
      assertThat(manifests.sessions().get(0).getStatus().phase()).isEqualTo(SessionPhase.Closed);
    }
  }

  @Test
  void aRefusedSessionSaysWhyInTheWordsOfItsCondition() {
    try (ClinicOperator operator = converged()) {
      CommandRun run = run("open", SERVICE, "--for", "9h");

      assertThat(run.code()).isEqualTo(ClusterExit.REFUSED.code());
      assertThat(run.out()).isEmpty();
      assertThat(run.err())
          .contains("DurationTooLong: spec.duration 9h is more than")
          .contains("create a session of at most 8h");
      assertThat(manifests.sessions().get(0).getStatus().phase()).isEqualTo(SessionPhase.Failed);

      CommandRun invalid = run("open", SERVICE, "--for", "900h");
      assertThat(invalid.code()).isEqualTo(ClusterExit.REFUSED.code());
      assertThat(invalid.err()).contains("must be from 1s to 168h").hasLineCount(1);
    }
  }

  @Test
  void aServiceThatDoesNotExistIsTold() {
    try (ClinicOperator operator = converged()) {
      CommandRun run = run("open", "nothing");

      assertThat(run.code()).isEqualTo(ClusterExit.NOT_FOUND.code());
      assertThat(run.err()).contains("There is no ClinicService " + namespace.name() + "/nothing");
      eventually(() -> assertThat(manifests.sessions()).isEmpty());
    }
  }

  @Test
  void whatIsNotOpenInTimeIsWithdrawn() {
    CommandRun run = run("open", SERVICE, "--wait", "1s");

    assertThat(run.code()).isEqualTo(ClusterExit.TIMEOUT.code());
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("It was not open within 1s and is withdrawn")
        .contains("see whether the operator runs");
    assertThat(manifests.sessions()).isEmpty();
  }

  @Test
  void aSessionThatCannotBeClosedInTimeIsTold() {
    try (ClinicOperator operator = converged()) {
      manifests.applyText(site.session("s1", "1h"));
      manifests.awaitSession("s1", SessionPhase.Open);
    }

    CommandRun run = run("close", "s1", "--wait", "1s");

    assertThat(run.code()).isEqualTo(ClusterExit.TIMEOUT.code());
    assertThat(run.err())
        .contains("was not closed within 1s", manifests.session("s1").getStatus().expiresAt());
  }

  @Test
  void whoMayOnlyLookMayNotOpen() {
    technician = Person.kubeconfig(namespace, directory, "viewer", "clinicnet-viewer");

    CommandRun run = run("open", SERVICE);

    assertThat(run.code()).isEqualTo(ClusterExit.FORBIDDEN.code());
    assertThat(run.err())
        .contains("cannot create resource", "the ClusterRole clinicnet-session-user")
        .hasLineCount(1);
  }

  @Test
  void ctrlCWhileItWaitsWithdrawsTheSession() throws IOException, InterruptedException {
    // A shell that starts a program in the background lets it ignore Ctrl-C.
    Process process =
        new ProcessBuilder(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                ProgramClassPath.get(),
                Main.class.getName(),
                "open",
                SERVICE,
                "--kubeconfig",
                technician.toString())
            .redirectErrorStream(true)
            .start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    assertThat(output.readLine()).endsWith("is requested. Ctrl-C withdraws it.");

    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

    String said = output.lines().collect(Collectors.joining("\n"));
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(said).isEqualTo(ClusterExit.INTERRUPTED.code());
    assertThat(said).contains("The session is withdrawn.");
    assertThat(manifests.sessions()).isEmpty();
  }

  private ClinicOperator converged() {
    manifests.applyText(site.clinic() + "---\n" + site.dashboard());
    ClinicOperator operator = watchfulOperator().start();
    manifests.awaitAllReady();
    site.connectAgent();
    manifests.awaitService(site.service(), ConditionType.AgentOnline, "EndpointBound");
    return operator;
  }

  private CommandRun run(String command, String... arguments) {
    return CommandRun.with(
        Map.of(),
        Stream.concat(
                Stream.of(command, "--kubeconfig", technician.toString()), Stream.of(arguments))
            .toArray(String[]::new));
  }
}
