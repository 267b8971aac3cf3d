package dev.clinicnet.operator.manifest;

import java.util.Map;
import java.util.Optional;

/**
 * One rule of {@code x-kubernetes-validations}.
 *
 * @param fieldPath the field that the rule is about, below the field that has the rule
 */
record Rule(
    String expression,
    Optional<String> message,
    Optional<String> messageExpression,
    Optional<String> fieldPath,
    Optional<String> reason,
    boolean optionalOldSelf) {

  static Rule of(Map<?, ?> rule) {
    return new Rule(
        (String) rule.get("rule"),
        Optional.ofNullable((String) rule.get("message")),
        Optional.ofNullable((String) rule.get("messageExpression")),
        Optional.ofNullable((String) rule.get("fieldPath")),
        Optional.ofNullable((String) rule.get("reason")),
        Boolean.TRUE.equals(rule.get("optionalOldSelf")));
  }

  /** The message when the rule does not hold and has no expression for the message. */
  String words() {
    return message.map(String::strip).orElse("failed rule: " + expression.strip());
  }

  /** The field that a violation names. */
  String field(String at) {
    String below = fieldPath.map(Rule::normal).orElse("");
    if (below.isEmpty()) {
      return at.isEmpty() ? Violation.ROOT : at;
    }
    return at.isEmpty() ? below : at + "." + below;
  }

  /** {@code .a['b']} is the field {@code a.b}. */
  private static String normal(String path) {
    return path.replaceAll("\\['((?:[^'\\\\]|\\\\.)*)'\\]", ".$1").replaceFirst("^\\.", "");
  }

  /** The type of a violation. */
  ViolationType type() {
    return switch (reason.orElse("")) {
      case "FieldValueForbidden" -> ViolationType.FORBIDDEN;
      case "FieldValueRequired" -> ViolationType.REQUIRED;
      case "FieldValueDuplicate" -> ViolationType.DUPLICATE;
      default -> ViolationType.INVALID;
    };
  }
}
