package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/** Strict reading of a configuration file: every refusal names the key. */
final class ConfigKeys {
  private ConfigKeys() {}

  static void known(JsonNode node, String prefix, Set<String> keys) {
    if (!node.isObject()) {
      throw new IllegalArgumentException("'" + prefix.replaceAll("\\.$", "") + "' must be a map");
    }
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!keys.contains(key)) {
                throw new IllegalArgumentException(
                    "unknown key '" + prefix + key + "'; known are " + new TreeSet<>(keys));
              }
            });
  }

  static String text(JsonNode node, String prefix, String key, String otherwise) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isTextual()) {
      throw new IllegalArgumentException("'" + prefix + key + "' must be a string");
    }
    return value.textValue();
  }

  static boolean bool(JsonNode node, String prefix, String key, boolean otherwise) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw new IllegalArgumentException("'" + prefix + key + "' must be true or false");
    }
    return value.booleanValue();
  }
}
