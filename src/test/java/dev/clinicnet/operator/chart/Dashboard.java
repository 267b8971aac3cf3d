package dev.clinicnet.operator.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A Grafana dashboard of {@code deploy/dashboards}, as tests read it. */
record Dashboard(String name, JsonNode json) {
  /** Where they are. */
  static final Path DIRECTORY = Path.of("deploy/dashboards");

  private static final Pattern SHOWN =
      Pattern.compile("label_values\\((?:(.+), *)?([a-z_]+)\\)", Pattern.DOTALL);

  /**
   * A query of a panel.
   *
   * @param dashboard the name of the dashboard's file
   * @param panel the panel's title
   * @param expression PromQL with Grafana's variables
   * @param emptyWhenWell whether the panel says that it has data only while something is wrong
   * @param columns the labels that a table shows; empty where it is no table
   */
  record Query(
      String dashboard,
      String panel,
      String expression,
      boolean emptyWhenWell,
      List<String> columns) {
    private static final String EMPTY = "Empty when all is well.";

    /** The query with values in place of variables, such as {@code namespace}. */
    String with(Map<String, String> variables) {
      String text = expression.replace("$__rate_interval", "10s");
      for (Map.Entry<String, String> variable : variables.entrySet()) {
        text = text.replace("$" + variable.getKey(), variable.getValue());
      }
      return text;
    }
  }

  /** All dashboards. */
  static List<Dashboard> all() {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(Dashboard::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Dashboard read(Path file) {
    try {
      return new Dashboard(file.getFileName().toString(), new JsonMapper().readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The panels except rows. */
  List<JsonNode> panels() {
    return stream(json.path("panels"))
        .filter(panel -> !panel.path("type").asText().equals("row"))
        .toList();
  }

  /** The variables that a person can choose. */
  List<JsonNode> variables() {
    return stream(json.at("/templating/list")).toList();
  }

  /** The queries of all panels. */
  List<Query> queries() {
    return panels().stream().flatMap(this::queries).toList();
  }

  /** The queries of the variables, each with the label of which it shows the values. */
  Map<String, String> choices() {
    return variables().stream()
        .filter(variable -> variable.path("type").asText().equals("query"))
        .map(variable -> SHOWN.matcher(variable.path("definition").asText()).results())
        .map(found -> found.findFirst().orElseThrow())
        .collect(Collectors.toMap((MatchResult found) -> found.group(1), found -> found.group(2)));
  }

  private Stream<Query> queries(JsonNode panel) {
    String description = panel.path("description").asText();
    return stream(panel.path("targets"))
        .map(
            target ->
                new Query(
                    name,
                    panel.path("title").asText(),
                    target.path("expr").asText(),
                    description.endsWith(Query.EMPTY),
                    columns(panel)));
  }

  private static List<String> columns(JsonNode panel) {
    String pattern = panel.at("/transformations/0/options/include/pattern").asText();
    return pattern.isEmpty()
        ? List.of()
        : Stream.of(pattern.substring(2, pattern.length() - 2).split("\\|"))
            .filter(column -> !column.equals("Value"))
            .toList();
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
