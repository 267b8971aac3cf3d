package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An account as {@code GET /_simulator/state} shows it, which can replace the present one. It has
 * no agents and none of their objects, because agents have to connect.
 */
final class SavedState {
  private final Map<Resource, List<ObjectNode>> objects = new LinkedHashMap<>();

  private SavedState() {}

  /** Finds obvious errors before anything is changed. */
  static SavedState read(ObjectNode state, List<Resource> resources) {
    Map<String, Resource> known =
        resources.stream().collect(Collectors.toMap(Resource::path, Function.identity()));
    SavedState saved = new SavedState();
    for (Map.Entry<String, JsonNode> entry : state.properties()) {
      Resource resource = known.get(entry.getKey());
      if (resource == null) {
        throw new IllegalArgumentException(
            "'" + entry.getKey() + "' is none of " + new TreeSet<>(known.keySet()));
      }
      saved.objects.put(resource, read(resource, entry.getValue()));
    }
    return saved;
  }

  /** Writes it into the tables, which must be empty. */
  void restore() {
    objects.forEach((resource, shown) -> shown.forEach(resource::restore));
  }

  private static List<ObjectNode> read(Resource resource, JsonNode list) {
    if (!list.isArray()) {
      throw new IllegalArgumentException("'" + resource.path() + "' must be a list");
    }
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode element : list) {
      String where = resource.path() + "[" + objects.size() + "]";
      if (!(element instanceof ObjectNode object)) {
        throw new IllegalArgumentException("'" + where + "' must be an object");
      }
      objects.add(object);
      if (resource.isKept(object)) {
        Ids.requirePrefix(object.path("id").asText(""), resource.prefix());
        requireTime(object, where);
      }
    }
    objects.removeIf(object -> !resource.isKept(object));
    return objects;
  }

  private static void requireTime(ObjectNode object, String where) {
    try {
      Instant.parse(object.path("created_at").asText(""));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'" + where + ".created_at' must be a time such as 2026-01-31T12:00:00Z", e);
    }
  }
}
