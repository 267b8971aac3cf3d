package dev.clinicnet.operator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clinicnet.operator.Main;
import dev.clinicnet.operator.kubernetes.FreshNamespace;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code run} as a process, with the rights that {@code deploy/base} grants. */
class RunIT {
  private static final String HOME = "clinic-operator";
  private static final String KEY = "2abcDEF_secretpart";

  @RegisterExtension final FreshNamespace namespace = FreshNamespace.withoutControllers();
  @TempDir Path directory;

  private NgrokAccount account;
  private Process process;

  @BeforeEach
  void openAccount() {
    account = NgrokAccount.open();
  }

  @AfterEach
  void close() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
    account.close();
  }

  @Test
  void toldToStopItStopsInOrder() throws Exception {
    start("--lease-namespace=" + HOME);
    await().atMost(Duration.ofSeconds(60)).until(() -> log().contains("started as instance"));

    process.destroy();

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(log()).contains("\"stopping\"", "\"stopped\"").doesNotContain(KEY);
    assertThat(process.exitValue()).isEqualTo(ExitReason.STOPPED.code());
    for (String line : log().lines().toList()) {
      JsonNode json = new JsonMapper().readTree(line);
      assertThat(json.path("level").asText()).as(line).isEqualTo("INFO");
      assertThat(json.has("message")).isTrue();
    }
  }

  @Test
  void whoLosesTheLeaseEnds() throws Exception {
    start("--lease-namespace=" + HOME);
    await().atMost(Duration.ofSeconds(60)).until(() -> account.requests().size() >= 6);

    namespace.admin().leases().inNamespace(HOME).withName(ClinicOperator.NAME).edit(RunIT::taken);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    ends(ExitReason.LEASE_LOST);
    assertThat(log()).contains("lost the Lease");
  }

  private static Lease taken(Lease lease) {
    lease.getSpec().setHolderIdentity("somebody-else");
    lease.getSpec().setLeaseDurationSeconds(3600);
    return lease;
  }

  private void ends(ExitReason reason) {
    assertThat(process.exitValue()).as(log()).isEqualTo(reason.code());
  }

  private void start(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "--kubeconfig=" + kubeconfig(),
                "--namespaces=" + namespace.name(),
                "--http-port=0"));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("NGROK_API_KEY", KEY);
    builder.environment().put("NGROK_API_URL", account.url().toString());
    builder.redirectErrorStream(true).redirectOutput(logFile().toFile());
    process = builder.start();
  }

  /** The admin's kubeconfig, with the operator's token in the place of the admin's certificate. */
  private Path kubeconfig() throws IOException {
    String token = namespace.kubernetes().kubectl("create", "token", HOME, "-n", HOME).strip();
    String server = namespace.admin().getMasterUrl().toString();
    return Files.writeString(
        directory.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: real, cluster: {server: "%s", insecure-skip-tls-verify: true}}]
        users: [{name: operator, user: {token: "%s"}}]
        contexts: [{name: real, context: {cluster: real, user: operator}}]
        current-context: real
        """
            .formatted(server, token));
  }

  private Path logFile() {
    return directory.resolve("log");
  }

  private String log() {
    try {
      return Files.exists(logFile()) ? Files.readString(logFile()) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
