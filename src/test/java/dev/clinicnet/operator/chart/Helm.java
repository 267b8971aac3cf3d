package dev.clinicnet.operator.chart;

import dev.clinicnet.testkit.ProgramOutput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * The pinned Helm, which {@code dev/helm/build} builds.
 *
 * @param kubeconfig which cluster
 */
record Helm(Path program, Path kubeconfig) {
  /** The chart, from the top of the checkout. */
  static final String CHART = "helm/clinic-operator";

  /** Helm on a cluster; skips the test where it was not built. */
  static Helm on(Path kubeconfig) {
    Path program =
        Path.of(run(List.of("dev/helm/build", "--print-directory"), Map.of()).strip(), "helm");
    Assumptions.assumeTrue(
        Files.isExecutable(program), "needs Helm: install Go and run dev/helm/build");
    return new Helm(program, kubeconfig);
  }

  /**
   * Runs it.
   *
   * @return what it printed
   * @throws IllegalStateException if it fails; the message holds what it printed
   */
  String run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    // Neither a user's settings nor plugins have a say.
    String nowhere = kubeconfig.resolveSibling("helm").toString();
    return run(
        command,
        Map.of(
            "KUBECONFIG", kubeconfig.toString(),
            "HELM_CACHE_HOME", nowhere,
            "HELM_CONFIG_HOME", nowhere,
            "HELM_DATA_HOME", nowhere));
  }

  /** The manifests that a release of the chart would consist of, on the tests' server. */
  String template(String release, String namespace, List<String> values) {
    return template(Path.of(CHART), release, namespace, values);
  }

  /** The rendered objects of this chart, which may be the parent of the operator's chart. */
  String template(Path chart, String release, String namespace, List<String> values) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "template",
                release,
                chart.toString(),
                "--namespace",
                namespace,
                "--kube-version=1.36"));
    arguments.addAll(values);
    return run(arguments.toArray(String[]::new));
  }

  private static String run(List<String> command, Map<String, String> variables) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(variables);
    return ProgramOutput.of(builder);
  }
}
