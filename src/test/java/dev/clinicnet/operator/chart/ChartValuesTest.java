package dev.clinicnet.operator.chart;

import static dev.clinicnet.operator.api.schema.GeneratedFile.assertCurrent;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    assertThat(known).containsExactlyInAnyOrderElementsOf(values.paths());
  }

  @Test
  void everyNameOfOtherChartsIsAnsweredWithOneOfOurs() throws IOException {
    String template = Files.readString(CHART.resolve("templates/_familiar.tpl"));
    Map<String, String> familiar =
        new YAMLMapper()
            .readValue(
                template.substring(template.indexOf("-}}\n") + 4, template.indexOf("{{- end }}")),
                new TypeReference<>() {});

    assertThat(familiar).hasSizeGreaterThan(30);
    familiar.forEach(
        (theirs, ours) -> {
          assertThat(values.at(theirs).isMissingNode()).as(theirs + " is no value").isTrue();
          assertThat(ours.split(" or ", -1))
              .as("what %s is called here", theirs)
              .allMatch(path -> !values.at(path).isMissingNode());
        });
  }

  /** Helm removes what is null; the schema does not see it, and a template would fail. */
  @Test
  void everyGroupAndEveryValueWithADefaultIsNeeded() throws IOException {
    String template = Files.readString(CHART.resolve("templates/_checks.tpl"));
    int begin = template.indexOf("neededValues\" -}}\n") + "neededValues\" -}}\n".length();
    List<String> needed =
        new YAMLMapper()
            .readValue(
                template.substring(begin, template.indexOf("{{- end }}", begin)),
                new TypeReference<>() {});

    Set<String> expected = new LinkedHashSet<>();
    for (String path : values.paths()) {
      for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
        expected.add(path.substring(0, dot));
      }
      JsonNode value = values.at(path);
      if (value.isValueNode() && !List.of("", "false").contains(value.asText())) {
        expected.add(path);
      }
    }
    // Without it, only the parts of a parent chart are missing.
    expected.remove("global");
    assertThat(needed).containsExactlyInAnyOrderElementsOf(expected);
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
    // In global, a parent chart has values for its other charts too.
    if (!path.equals("global")) {
      assertThat(schema.path("additionalProperties")).as(path).hasToString("false");
    }
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
