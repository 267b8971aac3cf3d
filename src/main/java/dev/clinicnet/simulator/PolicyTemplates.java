package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;

/** Checks that what stands in <code>${...}</code> within a config is CEL. */
final class PolicyTemplates {
  private PolicyTemplates() {}

  static void check(JsonNode node) {
    if (node.isTextual()) {
      check(node.textValue());
    } else {
      node.forEach(PolicyTemplates::check);
    }
  }

  /** Whether a text is one template and nothing else. */
  static boolean isWhole(String text) {
    return text.startsWith("${") && end(text, 2) == text.length() - 1;
  }

  private static void check(String text) {
    int start = text.indexOf("${");
    while (start >= 0) {
      int end = end(text, start + 2);
      if (end < 0) {
        throw SimulatorError.POLICY_EXPRESSION.with("a template is not closed");
      }
      String problem = Cel.problem(text.substring(start + 2, end));
      if (problem != null) {
        throw SimulatorError.POLICY_EXPRESSION.with(problem);
      }
      start = text.indexOf("${", end);
    }
  }

  /** The brace that closes a template; braces in quotes and nested ones do not count. */
  private static int end(String text, int from) {
    int depth = 0;
    char quote = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '{') {
        depth++;
      } else if (c == '}') {
        if (depth == 0) {
          return i;
        }
        depth--;
      }
    }
    return -1;
  }
}
