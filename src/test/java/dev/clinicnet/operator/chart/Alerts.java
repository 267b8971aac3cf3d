package dev.clinicnet.operator.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The alerts that are shipped, and the files about them. */
final class Alerts {
  static final Path RULES = Path.of("deploy/components/monitoring/prometheusrule.yaml");
  static final Path TESTS = Path.of("dev/alerts/tests.yaml");

  private Alerts() {}

  /** The rules, in their order. */
  static JsonNode rules() {
    return yaml(RULES).at("/spec/groups/0/rules");
  }

  /** Their names. */
  static List<String> names() {
    return rules().findValuesAsText("alert");
  }

  static JsonNode yaml(Path file) {
    try {
      return new YAMLMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
