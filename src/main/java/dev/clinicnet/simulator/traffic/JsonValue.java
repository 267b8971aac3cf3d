package dev.clinicnet.simulator.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** JSON as values of CEL. */
final class JsonValue {
  private JsonValue() {}

  /** The value unchanged. */
  static Object of(JsonNode node) {
    return of(node, text -> text);
  }

  /** The value, with every text in it replaced by the result of the function. */
  static Object of(JsonNode node, Function<String, Object> texts) {
    if (node.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      node.properties().forEach(field -> map.put(field.getKey(), of(field.getValue(), texts)));
      return map;
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(item -> list.add(of(item, texts)));
      return list;
    }
    return node.isTextual() ? texts.apply(node.textValue()) : scalar(node);
  }

  private static Object scalar(JsonNode node) {
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.longValue();
    }
    return node.isNumber() ? (Object) node.doubleValue() : NullValue.NULL_VALUE;
  }
}
