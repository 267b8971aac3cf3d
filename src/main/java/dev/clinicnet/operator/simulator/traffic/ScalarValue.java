package dev.clinicnet.operator.simulator.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.values.NullValue;

/** JSON scalars as values of CEL. */
final class ScalarValue {
  private ScalarValue() {}

  static Object of(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue();
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.longValue();
    }
    return node.isNumber() ? (Object) node.doubleValue() : NullValue.NULL_VALUE;
  }
}
