package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The JSON Web Key Sets that represent those at URLs, because the simulator fetches nothing. */
final class KeySets {
  private final Map<String, String> byURL = new ConcurrentHashMap<>();

  /** Replaces all key sets by an object of key sets by URL. */
  void replace(JsonNode sets) {
    for (Map.Entry<String, JsonNode> set : sets.properties()) {
      if (!set.getValue().path("keys").isArray()) {
        throw new IllegalArgumentException("'" + set.getKey() + "' must be {\"keys\": [...]}");
      }
    }
    byURL.clear();
    for (Map.Entry<String, JsonNode> set : sets.properties()) {
      byURL.put(set.getKey(), new String(Json.bytes(set.getValue()), StandardCharsets.UTF_8));
    }
  }

  Optional<String> at(String url) {
    return Optional.ofNullable(byURL.get(url));
  }

  void reset() {
    byURL.clear();
  }
}
