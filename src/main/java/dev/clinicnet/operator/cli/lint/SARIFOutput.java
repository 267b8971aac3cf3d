package dev.clinicnet.operator.cli.lint;

import dev.clinicnet.operator.config.Version;
import dev.clinicnet.operator.manifest.Position;
import dev.clinicnet.operator.manifest.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Findings as SARIF 2.1.0, which code scanning services read. */
final class SARIFOutput {
  private static final String RULE = "manifest";

  private SARIFOutput() {}

  static String text(Findings findings) {
    Map<String, Object> log = new LinkedHashMap<>();
    log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    log.put("version", "2.1.0");
    log.put("runs", List.of(run(findings)));
    return JSONOutput.print(log);
  }

  private static Map<String, Object> run(Findings findings) {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("id", RULE);
    rule.put("shortDescription", Map.of("text", "The manifest would be refused, or may be."));
    Map<String, Object> driver = new LinkedHashMap<>();
    driver.put("name", "clinic-operator");
    driver.put("version", Version.current());
    driver.put("rules", List.of(rule));
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("tool", Map.of("driver", driver));
    run.put("results", findings.problems().stream().map(SARIFOutput::result).toList());
    return run;
  }

  private static Map<String, Object> result(Problem problem) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("ruleId", RULE);
    result.put("level", problem.severity().name().toLowerCase(Locale.ROOT));
    result.put("message", Map.of("text", HumanOutput.sentence(problem)));
    result.put("locations", List.of(Map.of("physicalLocation", location(problem.position()))));
    return result;
  }

  private static Map<String, Object> location(Position position) {
    Map<String, Object> region = new LinkedHashMap<>();
    region.put("startLine", position.line());
    region.put("startColumn", position.column());
    Map<String, Object> location = new LinkedHashMap<>();
    location.put("artifactLocation", Map.of("uri", uri(position.file())));
    location.put("region", region);
    return location;
  }

  private static String uri(String file) {
    String path = file.replace('\\', '/');
    try {
      return path.startsWith("/")
          ? new URI("file", "", path, null).toASCIIString()
          : new URI(null, null, path, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a path is always part of a URI", e);
    }
  }
}
