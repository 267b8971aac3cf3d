package dev.clinicnet.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * The configuration for kube-state-metrics has every kind, and all conditions of each: its paths
 * are in the CRDs.
 */
class KubeStateMetricsTest {
  private static final Path CONFIG =
      Path.of("deploy/components/monitoring/kube-state-metrics.yaml");

  @Test
  void hasEveryKind() {
    Set<String> kinds = new TreeSet<>();
    resources().forEach(resource -> kinds.add(kind(resource)));
    Set<String> expected = new TreeSet<>();
    crds().forEach(crd -> expected.add(crd.at("/spec/names/kind").asText()));

    assertThat(kinds).isEqualTo(expected);
    assertThat(resources()).hasSameSizeAs(expected);
  }

  @Test
  void readsWhatTheCRDsHave() {
    for (JsonNode resource : resources()) {
      JsonNode crd =
          crds().stream()
              .filter(c -> c.at("/spec/names/kind").asText().equals(kind(resource)))
              .findFirst()
              .orElseThrow();
      JsonNode version = crd.at("/spec/versions/0");
      JsonNode gvk = resource.path("groupVersionKind");
      assertThat(gvk.path("group")).isEqualTo(crd.at("/spec/group"));
      assertThat(gvk.path("version")).isEqualTo(version.path("name"));
      assertThat(resource.path("labelsFromPath").has("namespace"))
          .isEqualTo(crd.at("/spec/scope").asText().equals("Namespaced"));
      assertThat(resource.path("metrics").findValuesAsText("name"))
          .containsExactly("object_condition", "object_condition_transition_timestamp_seconds");
      for (JsonNode metric : resource.path("metrics")) {
        JsonNode each = metric.path("each").elements().next();
        each = metric.at("/each/" + each.asText().toLowerCase(java.util.Locale.ROOT));
        JsonNode item = conditions(version, each.path("path"));
        assertThat(item.has("type")).isTrue();
        each.path("labelsFromPath")
            .forEach(path -> assertThat(item.has(path.path(0).asText())).isTrue());
        each.path("valueFrom").forEach(field -> assertThat(item.has(field.asText())).isTrue());
      }
    }
  }

  /** The schema of an element of a list. */
  private static JsonNode conditions(JsonNode version, JsonNode path) {
    JsonNode schema = version.at("/schema/openAPIV3Schema");
    for (JsonNode field : path) {
      schema = schema.path("properties").path(field.asText());
    }
    return schema.at("/items/properties");
  }

  private static String kind(JsonNode resource) {
    return resource.at("/groupVersionKind/kind").asText();
  }

  private static List<JsonNode> resources() {
    return StreamSupport.stream(Alerts.yaml(CONFIG).at("/spec/resources").spliterator(), false)
        .toList();
  }

  private static List<JsonNode> crds() {
    try (Stream<Path> files = Files.list(Path.of("crds"))) {
      return files.map(Alerts::yaml).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
