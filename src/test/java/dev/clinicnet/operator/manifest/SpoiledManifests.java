package dev.clinicnet.operator.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Manifests with one or two random mistakes, as JSON. */
public final class SpoiledManifests {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "2.5",
          "\"\"",
          "\"a\"",
          "\"a b\"",
          "\"x.internal\"",
          "[]",
          "{}",
          "[null]",
          "[{}]",
          "{\"a\":1}",
          "\"https://a.b.internal\"",
          "\"Always\"",
          "99999999999",
          "\"${x}\"",
          "\"\\t\"",
          "\"Ä\"",
          "[\"a\",\"a\"]",
          "\"tcp://h:1\"",
          "\"24h\"");

  private final Random random;

  /** Mistakes that a seed decides on. */
  public SpoiledManifests(long seed) {
    this.random = new Random(seed);
  }

  /** A copy with mistakes. Its apiVersion, kind and name stay. */
  public String spoil(String json) {
    try {
      ObjectNode root = (ObjectNode) JSON.readTree(json);
      for (int i = 0; i <= random.nextInt(2); i++) {
        List<JsonNode> places = new ArrayList<>();
        collect(root.path("spec"), places);
        collect(root.path("metadata"), places);
        places.add(root);
        spoil(places.get(random.nextInt(places.size())));
      }
      return root.toString();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static void collect(JsonNode node, List<JsonNode> places) {
    if (node.isContainerNode()) {
      places.add(node);
      node.forEach(child -> collect(child, places));
    }
  }

  private void spoil(JsonNode place) throws JsonProcessingException {
    JsonNode value = JSON.readTree(VALUES.get(random.nextInt(VALUES.size())));
    if (place instanceof ArrayNode array) {
      if (array.isEmpty() || random.nextBoolean()) {
        array.add(array.isEmpty() || random.nextBoolean() ? value : array.get(0).deepCopy());
      } else {
        array.set(random.nextInt(array.size()), value);
      }
      return;
    }
    ObjectNode object = (ObjectNode) place;
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    keys.removeAll(List.of("apiVersion", "kind", "metadata", "name", "namespace", "status"));
    if (keys.isEmpty() || random.nextInt(6) == 0) {
      object.set(random.nextBoolean() ? "unheardOf" : "labels", value);
    } else if (random.nextInt(4) == 0) {
      object.remove(keys.get(random.nextInt(keys.size())));
    } else {
      object.set(keys.get(random.nextInt(keys.size())), value);
    }
  }
}
