package dev.clinicnet.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Artifact Hub shows of the chart: its annotations are about the CRDs that it installs. */
class ChartAnnotationsTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String PREFIX = "artifacthub.io/";

  private final JsonNode annotations = read("helm/clinic-operator/Chart.yaml").path("annotations");

  @Test
  void everyCrdIsThereAndNoOther() throws IOException {
    TreeSet<List<String>> said = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
    for (JsonNode crd : YAML.readTree(annotations.path(PREFIX + "crds").asText())) {
      assertThat(crd.path("displayName").asText()).isNotEmpty();
      assertThat(crd.path("description").asText()).isNotEmpty();
      said.add(
          List.of(
              crd.path("name").asText(), crd.path("kind").asText(), crd.path("version").asText()));
    }

    assertThat(said).containsExactlyInAnyOrderElementsOf(installed());
  }

  @Test
  void theCategoryAndTheCapabilitiesAreSomeThatArtifactHubKnows() {
    assertThat(annotations.path(PREFIX + "category").asText()).isEqualTo("networking");
    assertThat(annotations.path(PREFIX + "operatorCapabilities").asText())
        .isIn(
            "Basic Install", "Seamless Upgrades", "Full Lifecycle", "Deep Insights", "Auto Pilot");
    assertThat(annotations.path(PREFIX + "operator").asText()).isEqualTo("true");
  }

  private static List<List<String>> installed() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("crds"))) {
      return files
          .map(file -> read(file.toString()))
          .map(
              crd ->
                  List.of(
                      crd.at("/metadata/name").asText(),
                      crd.at("/spec/names/kind").asText(),
                      crd.at("/spec/versions/0/name").asText()))
          .toList();
    }
  }

  private static JsonNode read(String file) {
    try {
      return YAML.readTree(Path.of(file).toFile());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
