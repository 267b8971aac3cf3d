package dev.clinicnet.operator.chart;

import static dev.clinicnet.operator.api.schema.GeneratedFile.assertCurrent;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.clinicnet.operator.config.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every value of the chart is documented, has a schema, and is in the chart's README. */
class ChartValuesTest {
  private static final Path CHART = Path.of("helm/clinic-operator");
  private static final Path README = CHART.resolve("README.md");
  private static final String BEGIN = "<!-- values: checked by ChartValuesTest -->\n";
  private static final String END = "<!-- /values -->";

  private ValuesFile values;

  @BeforeEach
  void read() throws IOException {
    values = ValuesFile.read(CHART.resolve("values.yaml"));
  }

  @Test
  void everyValueIsExplainedAboveIt() {
    assertThat(values.paths())
        .hasSizeGreaterThan(50)
        .allMatch(values.documented()::containsKey, "is documented");
  }

  @Test
  void theReadmeSaysTheSame() throws IOException {
    String readme = Files.readString(README);

    assertCurrent(
        README,
        readme.substring(0, readme.indexOf(BEGIN) + BEGIN.length())
            + "| Value | Default | Meaning |\n|---|---|---|\n"
            + values.paths().stream().map(this::row).collect(Collectors.joining())
            + readme.substring(readme.indexOf(END)));
  }

  @Test
  void theSchemaKnowsExactlyTheValues() throws IOException {
    List<String> known = new ArrayList<>();
    collect("", new JsonMapper().readTree(CHART.resolve("values.schema.json").toFile()), known);
    // A parent chart's own.
    known.remove("global");

    assertThat(known).containsExactlyInAnyOrderElementsOf(values.paths());
  }

  @Test
  void itsVersionIsThatOfTheProgram() throws IOException {
    JsonNode chart = new YAMLMapper().readTree(CHART.resolve("Chart.yaml").toFile());
    String version = Version.current().replace("-SNAPSHOT", "");

    assertThat(chart.path("version").asText()).isEqualTo(version);
    assertThat(chart.path("appVersion").asText()).isEqualTo(version);
    assertThat(Files.readString(Path.of("deploy/base/deployment.yaml")))
        .contains("image: clinic-operator:" + version + "\n");
  }

  private String row(String path) {
    return "| `%s` | `%s` | %s |\n"
        .formatted(path, values.at(path), values.documented().get(path).replace("|", "\\|"));
  }

  /** Objects without other than named properties are groups; their parts are values. */
  private static void collect(String path, JsonNode schema, List<String> known) {
    if (!schema.has("properties")) {
      known.add(path);
      return;
    }
    assertThat(schema.path("additionalProperties")).as(path).hasToString("false");
    schema
        .path("properties")
        .properties()
        .forEach(
            entry ->
                collect(
                    path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(),
                    entry.getValue(),
                    known));
  }
}
