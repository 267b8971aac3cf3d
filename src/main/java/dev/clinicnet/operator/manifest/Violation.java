package dev.clinicnet.operator.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the API server would name as one cause of its refusal.
 *
 * @param field as the API server prints it
 * @param value the bad value, where the API server repeats it
 * @param message the words of our rule, where it is one
 */
record Violation(
    ViolationType type,
    String field,
    Position position,
    Optional<Object> value,
    String detail,
    Optional<String> message) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  /** The object as a whole, as the API server prints it. */
  static final String ROOT = "<nil>";

  static Violation of(ViolationType type, String field, Position position, String detail) {
    return new Violation(type, field, position, Optional.empty(), detail, Optional.empty());
  }

  static Violation of(
      ViolationType type, String field, Position position, Object value, String detail) {
    return new Violation(type, field, position, Optional.of(value), detail, Optional.empty());
  }

  /** A text that could not be decoded strictly. */
  static Violation undecodable(String field, Position position, String detail) {
    return of(ViolationType.UNDECODABLE, field, position, detail);
  }

  /** The text of the cause, as the API server has it. */
  String cause() {
    StringBuilder cause = new StringBuilder(type.words());
    value.ifPresent(v -> cause.append(": ").append(printed(v)));
    if (!detail.isEmpty()) {
      cause.append(cause.isEmpty() ? "" : ": ").append(detail);
    }
    return cause.toString();
  }

  Problem problem(Document document) {
    return document.error(position, field, message.orElseGet(this::cause));
  }

  private static String printed(Object value) {
    if (value instanceof String text) {
      return quoted(text);
    }
    if (value instanceof Map || value instanceof List) {
      try {
        return JSON.writeValueAsString(value);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a tree is always JSON", e);
      }
    }
    return value.toString();
  }

  /** A string as Go quotes it. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                  if (c < 0x20 || c == 0x7f) {
                    quoted.append(String.format("\\x%02x", c));
                  } else {
                    quoted.appendCodePoint(c);
                  }
                }
              }
            });
    return quoted.append('"').toString();
  }
}
