package dev.clinicnet.operator.cli.lint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.manifest.Problem;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Findings as JSON. */
final class JSONOutput {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JSONOutput() {}

  static String text(Findings findings) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("problems", findings.problems().stream().map(JSONOutput::problem).toList());
    all.put("errors", findings.errors());
    all.put("warnings", findings.warnings());
    return print(all);
  }

  private static Map<String, Object> problem(Problem problem) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("file", problem.position().file());
    fields.put("line", problem.position().line());
    fields.put("column", problem.position().column());
    fields.put("severity", problem.severity().name().toLowerCase(Locale.ROOT));
    fields.put("kind", problem.kind());
    fields.put("namespace", problem.namespace());
    fields.put("name", problem.name());
    fields.put("field", problem.field());
    fields.put("message", problem.message());
    return fields;
  }

  static String print(Map<String, ?> tree) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps, lists and texts are always JSON", e);
    }
  }
}
