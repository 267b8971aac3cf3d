package dev.clinicnet.simulator.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An action's config. Templates are evaluated when they are read.
 *
 * @param fields an object, or a missing node
 */
record Config(JsonNode fields, Evaluation evaluation) {

  /** The text of a field; empty if it is absent. */
  Optional<String> text(String name) {
    return fields.hasNonNull(name)
        ? Optional.of(text(fields.get(name), "config." + name))
        : Optional.empty();
  }

  /**
   * The text of a required field.
   *
   * @throws EvaluationFailed if it is absent
   */
  String requireText(String name) {
    return text(name).orElseThrow(() -> new EvaluationFailed("config." + name, "it is missing"));
  }

  /** The texts of a list; empty if it is absent. */
  List<String> texts(String name) {
    return texts(fields.path(name), "config." + name);
  }

  /** The texts of a list at any place. */
  List<String> texts(JsonNode list, String place) {
    List<String> texts = new ArrayList<>();
    for (JsonNode entry : list) {
      texts.add(text(entry, place + "[" + texts.size() + "]"));
    }
    return texts;
  }

  /** A map of texts in order; empty if it is absent. */
  Map<String, String> map(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : fields.path(name).properties()) {
      String place = "config." + name + "." + entry.getKey();
      texts.put(entry.getKey(), text(entry.getValue(), place));
    }
    return texts;
  }

  /**
   * A whole number, also one that is written as text or as a template.
   *
   * @throws EvaluationFailed if it is not one
   */
  int number(String name, int fallback) {
    String text = text(name).orElse(String.valueOf(fallback));
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new EvaluationFailed("config." + name, "it is not a whole number");
    }
  }

  /**
   * True or false, also as text or as a template.
   *
   * @throws EvaluationFailed if it is neither
   */
  boolean flag(String name, boolean fallback) {
    return switch (text(name).orElse(String.valueOf(fallback))) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new EvaluationFailed("config." + name, "it is neither true nor false");
    };
  }

  /** The text of any scalar. */
  String text(JsonNode node, String place) {
    if (node.isContainerNode()) {
      throw new EvaluationFailed(place, "it is not a text");
    }
    return node.isTextual() ? evaluation.text(node.textValue(), place) : node.asText();
  }
}
