package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.simulator.traffic.Template;

/** Checks that each <code>${...}</code> in a config has CEL. */
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
    return Template.read(text).filter(Template::isExpression).isPresent();
  }

  private static void check(String text) {
    Template template =
        Template.read(text)
            .orElseThrow(() -> SimulatorError.POLICY_EXPRESSION.with("a template is not closed"));
    for (Template.Part part : template.parts()) {
      String problem = part.expression() ? Cel.problem(part.text()) : null;
      if (problem != null) {
        throw SimulatorError.POLICY_EXPRESSION.with(problem);
      }
    }
  }
}
