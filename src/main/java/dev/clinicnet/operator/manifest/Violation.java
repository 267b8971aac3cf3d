package dev.clinicnet.operator.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One cause of a refusal, as the API server would name it.
 *
 * @param field as the API server prints it
 * @param value the refused value, if the API server repeats it
 * @param message the message of our rule, if it is a rule
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

  private static final String ESCAPED = "\"\\\n\r\t\u0007\b\f\u000b";
  private static final String ESCAPES = "\"\\nrtabfv";
  private static final String OUT_OF_RANGE = "Checked value must be of type ";

  /** The object as a whole, as the API server prints it. */
  static final String ROOT = "<nil>";

  static Violation of(ViolationType type, String field, Position position, String detail) {
    return new Violation(type, field, position, Optional.empty(), detail, Optional.empty());
  }

  static Violation of(
      ViolationType type, String field, Position position, Object value, String detail) {
    return new Violation(type, field, position, Optional.of(value), detail, Optional.empty());
  }

  /** The violation of a text that could not be decoded strictly. */
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

  /** The last of the causes, when the rules could not be checked. */
  static Violation unchecked(Position position) {
    return of(
        ViolationType.INVALID,
        ROOT,
        position,
        NullNode.getInstance(),
        "some validation rules were not checked because the object was invalid; correct the"
            + " existing errors to complete validation");
  }

  /** A number that its type cannot hold; {@code format} is empty for the default one. */
  static Violation outOfRange(String path, Position position, String format) {
    String with = format.isEmpty() ? "(default format)" : "with format " + format;
    return of(
        ViolationType.INVALID,
        ROOT,
        position,
        "",
        OUT_OF_RANGE + "integer " + with + " in " + path);
  }

  /** Whether it says of a field that its type cannot hold the number. */
  boolean isOutOfRange(String path) {
    return detail.startsWith(OUT_OF_RANGE) && detail.endsWith(" in " + path);
  }

  /** Whether it only says that the rules were not checked. */
  boolean isUnchecked() {
    return value.filter(v -> v instanceof NullNode).isPresent() && field.equals(ROOT);
  }

  Problem problem(Document document, String hint) {
    return document.error(position, field, message.orElseGet(this::cause) + hint);
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
    text.codePoints().forEach(c -> quoted.append(escaped(c)));
    return quoted.append('"').toString();
  }

  private static String escaped(int c) {
    int known = ESCAPED.indexOf(c);
    if (known >= 0) {
      return "\\" + ESCAPES.charAt(known);
    }
    if (isPrinted(c)) {
      return Character.toString(c);
    }
    String form = c < 0x80 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
    return form.formatted(c);
  }

  private static boolean isPrinted(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
