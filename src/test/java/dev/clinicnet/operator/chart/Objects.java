package dev.clinicnet.operator.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Manifests as texts that can be compared: by what they are, with sorted keys, without what only
 * Helm or only kustomize has.
 */
final class Objects {
  private static final YAMLMapper YAML = new YAMLMapper();

  /** Labels that a release has, and a kustomization has not. */
  private static final Set<String> OF_HELM =
      Set.of(
          "helm.sh/chart",
          "app.kubernetes.io/instance",
          "app.kubernetes.io/managed-by",
          "app.kubernetes.io/version");

  private static final String NAME = "app.kubernetes.io/name";

  private Objects() {}

  /** The objects, by kind, namespace and name; Namespaces, which Helm does not write, left out. */
  static SortedMap<String, String> of(String... yaml) {
    SortedMap<String, String> objects = new TreeMap<>();
    for (JsonNode object : parse(String.join("\n---\n", yaml))) {
      if (!object.path("kind").asText().equals("Namespace")) {
        String previous = objects.put(key(object), text(object));
        if (previous != null) {
          throw new IllegalStateException(key(object) + " is there twice");
        }
      }
    }
    return objects;
  }

  private static List<JsonNode> parse(String yaml) {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      List<JsonNode> objects = new ArrayList<>(documents.readAll());
      objects.removeIf(object -> !object.isObject());
      return objects;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String key(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    return "%s %s/%s"
        .formatted(
            object.path("kind").asText(),
            metadata.path("namespace").asText(),
            metadata.path("name").asText());
  }

  private static String text(JsonNode object) {
    strip(object);
    ObjectNode metadata = (ObjectNode) object.path("metadata");
    // A kustomization does without it: nothing there deletes a CRD.
    if (metadata.path("annotations") instanceof ObjectNode annotations) {
      annotations.remove("helm.sh/resource-policy");
    }
    // A CRD is applied as it is in crds/, without labels.
    if (metadata.path("labels") instanceof ObjectNode labels
        && object.path("kind").asText().equals("CustomResourceDefinition")) {
      labels.remove(NAME);
    }
    List.of("annotations", "labels").forEach(field -> removeIfEmpty(metadata, field));
    return yaml(object);
  }

  private static String yaml(JsonNode node) {
    try {
      return YAML.writer()
          .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .writeValueAsString(YAML.convertValue(node, Map.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (String labels : List.of("labels", "matchLabels", "selector")) {
        if (object.path(labels) instanceof ObjectNode map) {
          map.remove(OF_HELM);
        }
      }
      if (object.path("rules") instanceof ArrayNode rules) {
        List<JsonNode> sorted = new ArrayList<>();
        rules.forEach(sorted::add);
        sorted.sort(Comparator.comparing(Objects::yaml));
        rules.removeAll().addAll(sorted);
      }
    }
    node.forEach(Objects::strip);
  }

  private static void removeIfEmpty(ObjectNode object, String field) {
    if (object.path(field).isObject() && object.path(field).isEmpty()) {
      object.remove(field);
    }
  }
}
