package dev.clinicnet.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The columns of a CRD, as {@code kubectl get} shows them without {@code -o wide}. */
final class PrinterColumns {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern STEP =
      Pattern.compile("\\.(\\w+)(?:\\[\\?\\(@\\.(\\w+)==\"([^\"]*)\"\\)])?");
  private static final Duration LONG = Duration.ofMinutes(2);

  private final List<CustomResourceColumnDefinition> columns;

  private PrinterColumns(List<CustomResourceColumnDefinition> columns) {
    this.columns = columns;
  }

  static PrinterColumns of(Path crdFile) {
    return new PrinterColumns(
        Checkout.read(crdFile, CustomResourceDefinition.class)
            .getSpec()
            .getVersions()
            .get(0)
            .getAdditionalPrinterColumns()
            .stream()
            .filter(column -> column.getPriority() == null || column.getPriority() == 0)
            .toList());
  }

  List<String> table(List<? extends HasMetadata> objects) {
    List<String> header = new ArrayList<>(List.of("NAME"));
    columns.forEach(column -> header.add(column.getName().toUpperCase(Locale.ROOT)));
    TextTable table = new TextTable(header);
    for (HasMetadata object : objects) {
      List<String> cells = new ArrayList<>(List.of(object.getMetadata().getName()));
      JsonNode json = JSON.valueToTree(object);
      columns.forEach(column -> cells.add(cell(column, json)));
      table.row(cells);
    }
    return table.lines();
  }

  private static String cell(CustomResourceColumnDefinition column, JsonNode object) {
    String value = value(column.getJsonPath(), object).asText("");
    return column.getType().equals("date") && !value.isEmpty() ? age(value) : value;
  }

  /**
   * The part of JSONPath that our CRDs use: members, and the list element whose member has a value.
   */
  private static JsonNode value(String path, JsonNode object) {
    JsonNode value = object;
    Matcher step = STEP.matcher(path);
    while (step.find()) {
      value = value.path(step.group(1));
      if (step.group(2) != null) {
        value = element(value, step.group(2), step.group(3));
      }
    }
    return value;
  }

  private static JsonNode element(JsonNode list, String member, String wanted) {
    for (JsonNode element : list) {
      if (element.path(member).asText().equals(wanted)) {
        return element;
      }
    }
    return list.path(-1);
  }

  private static String age(String since) {
    Duration age = Duration.between(Instant.parse(since), Instant.now());
    return age.compareTo(LONG) < 0 ? Math.max(0, age.toSeconds()) + "s" : age.toMinutes() + "m";
  }
}
