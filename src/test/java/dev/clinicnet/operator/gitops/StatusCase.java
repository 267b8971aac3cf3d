package dev.clinicnet.operator.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.clinicnet.operator.api.schema.GeneratedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * An object in one state, as the API server has it, and in its label {@code verdict} what GitOps
 * tools must make of it: {@code Healthy}, {@code Progressing} or {@code Degraded}.
 *
 * @param topic the condition that it is about; the cases of one topic and kind share a file
 */
record StatusCase(String topic, JsonNode object) {
  static final Path CORPUS = Path.of("src/test/resources/statuses");

  private static final YAMLMapper YAML = new YAMLMapper();

  static JsonNode tree(String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All committed cases. */
  static List<StatusCase> committed() {
    try (Stream<Path> files = Files.walk(CORPUS)) {
      return files.filter(Files::isRegularFile).sorted().flatMap(StatusCase::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<StatusCase> read(Path file) {
    String topic = file.getFileName().toString().replace(".yaml", "");
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
      return documents.readAll().stream().map(object -> new StatusCase(topic, object));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String kind() {
    return object.path("kind").asText();
  }

  String name() {
    return object.at("/metadata/name").asText();
  }

  String verdict() {
    return object.at("/metadata/labels/verdict").asText();
  }

  long generation() {
    return object.at("/metadata/generation").asLong();
  }

  boolean terminating() {
    return object.at("/metadata").has("deletionTimestamp");
  }

  JsonNode status() {
    return object.path("status");
  }

  /** The text of a condition; empty when there is none. */
  String message(String type) {
    for (JsonNode condition : status().path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition.path("message").asText();
      }
    }
    return "";
  }

  Path file() {
    return CORPUS.resolve(kind().toLowerCase(Locale.ROOT)).resolve(topic + ".yaml");
  }

  String yaml() {
    return GeneratedFile.yaml(object);
  }

  /** A copy without namespace and status, to be created. */
  ObjectNode manifest() {
    ObjectNode manifest = object.deepCopy();
    manifest.remove("status");
    ((ObjectNode) manifest.path("metadata")).remove(List.of("generation", "deletionTimestamp"));
    return manifest;
  }

  @Override
  public String toString() {
    return kind() + " " + name();
  }
}
