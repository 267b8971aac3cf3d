package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The fields that a request body may have. The platform refuses unknown fields and wrong types
 * (documented).
 */
final class BodySpec {
  private final Map<String, Predicate<JsonNode>> fields = new LinkedHashMap<>();
  private final Map<String, BodySpec> nested = new LinkedHashMap<>();

  static BodySpec strings(String... names) {
    BodySpec spec = new BodySpec();
    for (String name : names) {
      spec.string(name);
    }
    return spec;
  }

  BodySpec string(String name) {
    fields.put(name, JsonNode::isTextual);
    return this;
  }

  BodySpec bool(String name) {
    fields.put(name, JsonNode::isBoolean);
    return this;
  }

  BodySpec stringList(String name) {
    fields.put(name, BodySpec::isStringList);
    return this;
  }

  BodySpec object(String name, BodySpec spec) {
    fields.put(name, JsonNode::isObject);
    nested.put(name, spec);
    return this;
  }

  BodySpec objectList(String name, BodySpec spec) {
    fields.put(name, JsonNode::isArray);
    nested.put(name, spec);
    return this;
  }

  BodySpec anything(String name) {
    fields.put(name, value -> true);
    return this;
  }

  /** A checked copy without null members: null and absent mean the same. */
  ObjectNode read(JsonNode body) {
    if (!body.isObject()) {
      throw SimulatorError.BODY_UNPARSABLE.with("application/json");
    }
    ObjectNode result = Json.object();
    body.properties()
        .forEach(
            entry -> {
              Predicate<JsonNode> check = fields.get(entry.getKey());
              if (check == null) {
                throw SimulatorError.FIELD_UNKNOWN.with(
                    entry.getKey(), String.join(", ", fields.keySet()));
              }
              if (!entry.getValue().isNull()) {
                result.set(entry.getKey(), value(entry.getKey(), entry.getValue(), check));
              }
            });
    return result;
  }

  private JsonNode value(String name, JsonNode value, Predicate<JsonNode> check) {
    if (!check.test(value)) {
      throw SimulatorError.FIELD_INVALID.with(name);
    }
    BodySpec spec = nested.get(name);
    if (spec == null) {
      return value;
    }
    if (value.isObject()) {
      return spec.read(value);
    }
    var list = Json.array();
    for (JsonNode item : value) {
      if (!item.isObject()) {
        throw SimulatorError.FIELD_INVALID.with(name);
      }
      list.add(spec.read(item));
    }
    return list;
  }

  private static boolean isStringList(JsonNode value) {
    if (!value.isArray()) {
      return false;
    }
    for (JsonNode item : value) {
      if (!item.isTextual()) {
        return false;
      }
    }
    return true;
  }
}
