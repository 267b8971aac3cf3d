package dev.clinicnet.operator.agent;

import com.fasterxml.jackson.databind.JsonNode;

/** What a key of the agent's file may hold. */
enum ValueKind {
  TEXT("a string"),
  FLAG("true or false"),
  NUMBER("a whole number"),
  TEXT_OR_FLAG("a string, true or false"),
  TEXT_OR_FALSE("a string or false"),
  TEXT_OR_NUMBER("a string or a number"),
  TEXTS("a list of strings"),
  LIST("a list"),
  MAP("a map");

  private final String words;

  ValueKind(String words) {
    this.words = words;
  }

  /** Completes "must be …". */
  String words() {
    return words;
  }

  boolean admits(JsonNode node) {
    return switch (this) {
      case TEXT -> node.isTextual();
      case FLAG -> node.isBoolean();
      case NUMBER -> node.isIntegralNumber();
      case TEXT_OR_FLAG -> node.isTextual() || node.isBoolean();
      case TEXT_OR_FALSE -> node.isTextual() || (node.isBoolean() && !node.booleanValue());
      case TEXT_OR_NUMBER -> node.isTextual() || node.isIntegralNumber();
      case TEXTS -> isTexts(node);
      case LIST -> node.isArray();
      case MAP -> node.isObject();
    };
  }

  private static boolean isTexts(JsonNode list) {
    for (JsonNode item : list) {
      if (!item.isTextual()) {
        return false;
      }
    }
    return list.isArray();
  }
}
