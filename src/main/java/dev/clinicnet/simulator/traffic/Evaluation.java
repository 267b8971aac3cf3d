package dev.clinicnet.simulator.traffic;

import java.time.Instant;
import java.util.List;

/** Evaluates expressions and templates within one run. */
record Evaluation(Run run) {

  /**
   * Whether a condition is true.
   *
   * @throws EvaluationFailed if it cannot be evaluated or is neither true nor false
   */
  boolean holds(String expression, String place) {
    if (value(expression, place) instanceof Boolean result) {
      return result;
    }
    throw new EvaluationFailed(place, "it is neither true nor false");
  }

  /** The value of an expression. */
  Object value(String expression, String place) {
    return Cel.evaluate(expression, place, run);
  }

  /** A text with its templates replaced by their values as text. */
  String text(String text, String place) {
    StringBuilder result = new StringBuilder();
    for (Template.Part part : Template.parse(text, place).parts()) {
      result.append(part.expression() ? textOf(value(part.text(), place), place) : part.text());
    }
    return result.toString();
  }

  /**
   * The value of a text. A text that is one template keeps the type of its value, unlike in {@link
   * #text}.
   */
  Object typed(String text, String place) {
    List<Template.Part> parts = Template.parse(text, place).parts();
    return Template.parse(text, place).isExpression()
        ? value(parts.get(0).text(), place)
        : text(text, place);
  }

  /**
   * How a value stands within a text.
   *
   * @throws Unmodelled for a value whose text is not documented: a list, a map, bytes, null
   */
  private static String textOf(Object value, String place) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Number || value instanceof Boolean || value instanceof Instant) {
      return String.valueOf(value);
    }
    throw new Unmodelled("the text of a list, a map, bytes or null in a template: " + place);
  }
}
