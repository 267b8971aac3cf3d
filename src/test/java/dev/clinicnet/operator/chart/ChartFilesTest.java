package dev.clinicnet.operator.chart;

import static dev.clinicnet.operator.api.schema.GeneratedFile.assertCurrent;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The files of which the chart and {@code deploy/overlays/namespaced} have copies. Helm reads no
 * file outside of a chart, and kustomize cannot make a Role from a ClusterRole.
 */
class ChartFilesTest {
  private static final Path CHART = Path.of("helm/clinic-operator");

  static List<Path> copied() {
    return Stream.concat(
            files(Path.of("crds")).stream(),
            Stream.of(
                Path.of("deploy/admission/mutating.yaml"),
                Path.of("deploy/admission/validating.yaml"),
                Path.of("deploy/components/monitoring/prometheusrule.yaml")))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("copied")
  void theChartHoldsAnExactCopyOf(Path original) throws IOException {
    String directory = original.getParent().getFileName().toString();

    assertCurrent(
        CHART.resolve("files").resolve(directory).resolve(original.getFileName()),
        Files.readString(original));
  }

  @Test
  void theChartHoldsNoCopyOfAnythingElse() {
    List<String> originals = copied().stream().map(f -> f.getFileName().toString()).toList();

    for (String directory : List.of("crds", "admission", "monitoring")) {
      assertThat(files(CHART.resolve("files").resolve(directory)))
          .extracting(f -> f.getFileName().toString())
          .isSubsetOf(originals);
    }
  }

  @Test
  void theRulesOfTheChartAreThoseOfTheClusterRole() throws IOException {
    assertCurrent(CHART.resolve("templates/_rules.tpl"), OperatorRules.read().template());
  }

  @Test
  void theRoleOfAWatchedNamespaceHasTheRulesOfTheClusterRoleThatANamespaceKnows()
      throws IOException {
    assertCurrent(
        Path.of("deploy/overlays/namespaced/watched/role.yaml"), OperatorRules.read().role());
  }

  private static List<Path> files(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
