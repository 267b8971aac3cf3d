package dev.clinicnet.operator.it.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clinicnet.testkit.FreshNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The script that users copy into their CI, with the jar, on a real API server. */
class TrafficScriptIT {
  private static final String SCRIPT = "examples/ci/traffic.sh";

  @RegisterExtension final FreshNamespace namespace = FreshNamespace.withoutControllers();
  @TempDir Path directory;

  @Test
  void triesWhoReachesTheServices() throws Exception {
    requirePrograms();

    String output = run(Map.of(), 0);

    assertThat(output.lines().filter(line -> line.startsWith("ok: ")))
        .containsExactly(
            "ok: https://clinic1.api.clinicnet.com/api/patients from 203.0.113.7 gets 200",
            "ok: https://clinic1.api.clinicnet.com/admin from 203.0.113.7 gets 403",
            "ok: https://clinic1.api.clinicnet.com/api/../admin from 203.0.113.7 gets 403");
  }

  @Test
  void failsWhereAManifestLetsInWhomItShouldNot() throws Exception {
    requirePrograms();
    Path open = directory.resolve("manifests");
    Files.createDirectory(open);
    for (String file : List.of("clinic.yaml", "rest-api.yaml")) {
      String text = Files.readString(Path.of("examples/clinic1", file));
      Files.writeString(open.resolve(file), text.replace("- /api", "- /"));
    }

    String output = run(Map.of("MANIFESTS", open.toString()), 1);

    assertThat(output)
        .contains("FAILED: https://clinic1.api.clinicnet.com/admin from 203.0.113.7: expected 403")
        .contains("forward-internal");
  }

  private static void requirePrograms() {
    List<String> path = Arrays.asList(System.getenv("PATH").split(":", -1));
    for (String program : List.of("jq", "curl", "python3")) {
      assumeTrue(
          path.stream().anyMatch(at -> Files.isExecutable(Path.of(at, program))),
          "needs " + program);
    }
  }

  private String run(Map<String, String> environment, int exit)
      throws IOException, InterruptedException {
    Path kubectl = namespace.kubernetes().kubectlProgram();
    Path log = directory.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder("bash", SCRIPT).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("NAMESPACE", namespace.name());
    builder.environment().put("JAR", "target/clinic-operator.jar");
    builder
        .environment()
        .put("KUBECONFIG", namespace.kubernetes().adminKubeconfigFile().toString());
    builder
        .environment()
        .merge("PATH", kubectl.getParent().toString(), (path, first) -> first + ":" + path);
    Process process = builder.start();
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    process.destroyForcibly();
    String output = Files.readString(log);
    assertThat(ended).as(output).isTrue();
    assertThat(process.exitValue()).as(output).isEqualTo(exit);
    return output;
  }
}
