package dev.clinicnet.operator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.PrometheusServer;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Somebody on call: their alerts ring in a real Prometheus, and they run the commands of a runbook
 * in a shell.
 */
final class RunbookScene {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SECONDS = 30;

  private final FreshNamespace namespace;
  private final PrometheusServer prometheus;
  private final Path directory;
  private final Map<String, String> alerts = new HashMap<>();
  private final Map<String, Map<Runbook.Commands, String>> outputs = new LinkedHashMap<>();

  RunbookScene(FreshNamespace namespace, PrometheusServer prometheus, Path directory)
      throws IOException {
    this.namespace = namespace;
    this.prometheus = prometheus;
    this.directory = directory;
    JsonNode rules =
        new YAMLMapper()
            .readTree(Path.of("deploy/components/monitoring/prometheusrule.yaml").toFile())
            .at("/spec/groups/0/rules");
    rules.forEach(
        rule -> alerts.put(rule.path("alert").asText(), atOnce(rule.path("expr").asText())));
  }

  /**
   * The same alert without its patience: any age is too old, and an increase counts for seconds.
   */
  private static String atOnce(String expression) {
    return expression.replaceAll("> (\\d+ \\* )?\\d+\\b", "> 0").replaceAll("\\[\\d+[mh]]", "[4s]");
  }

  /**
   * Waits until the condition of an alert is met, and runs what its runbook says under Look here.
   */
  void rings(String alert) throws IOException {
    isRinging(alert);
    for (Runbook.Commands commands : Runbook.of(alert).commands()) {
      if (commands.section().equals("Look here") && commands.notRun().isEmpty()) {
        outputs
            .computeIfAbsent(alert, name -> new LinkedHashMap<>())
            .put(commands, Transcript.of(run(commands.text()), namespace.name()));
      }
    }
  }

  /** Waits until the condition of an alert is met. */
  void isRinging(String alert) {
    await()
        .alias(alert + " rings")
        .atMost(PATIENCE)
        .until(() -> !prometheus.query(alerts.get(alert)).isEmpty());
  }

  /** Runs the commands of all steps that a runbook has under Do this. */
  void followSteps(String alert) throws IOException {
    for (Runbook.Commands commands : Runbook.of(alert).commands()) {
      if (commands.section().equals("Do this") && commands.notRun().isEmpty()) {
        run(commands.text());
      }
    }
  }

  /** Runs the commands of one step. */
  void followStep(String alert, int step) throws IOException {
    Runbook.Commands found =
        Runbook.of(alert).commands().stream()
            .filter(commands -> commands.section().equals("Do this") && commands.step() == step)
            .findFirst()
            .orElseThrow();
    assertThat(found.notRun()).isEmpty();
    run(found.text());
  }

  /** Waits until the condition of an alert is not met any more. */
  void isQuiet(String alert) {
    await()
        .alias(alert + " is quiet")
        .atMost(PATIENCE)
        .until(() -> prometheus.query(alerts.get(alert)).isEmpty());
  }

  /** Checks that the runbooks show what their commands printed. */
  void assertOutputsAreShown() throws IOException {
    AssertionError last = null;
    for (Map.Entry<String, Map<Runbook.Commands, String>> entry : outputs.entrySet()) {
      try {
        Runbook.of(entry.getKey()).assertShows(entry.getValue());
      } catch (AssertionError e) {
        last = e;
      }
    }
    if (last != null) {
      throw last;
    }
  }

  /** A file that a command made. */
  String file(String path) throws IOException {
    return Files.readString(directory.resolve(path));
  }

  /** Runs commands in the directory of the test, with the test's namespace as {@code clinics}. */
  private String run(String commands) throws IOException {
    Path output = directory.resolve("output");
    Path errors = directory.resolve("errors");
    ProcessBuilder shell =
        new ProcessBuilder(
                "bash",
                "-euo",
                "pipefail",
                "-c",
                commands.replace("-n clinics", "-n " + namespace.name()))
            .directory(directory.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    Map<String, String> environment = shell.environment();
    environment.put("KUBECONFIG", namespace.kubernetes().adminKubeconfigFile().toString());
    environment.put(
        "PATH",
        namespace.kubernetes().kubectlProgram().toAbsolutePath().getParent()
            + File.pathSeparator
            + environment.get("PATH"));
    try {
      Process process = shell.start();
      assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as(commands).isTrue();
      assertThat(process.exitValue())
          .as(() -> commands + "\n" + read(errors) + read(output))
          .isZero();
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
