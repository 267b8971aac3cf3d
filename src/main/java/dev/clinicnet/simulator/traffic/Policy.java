package dev.clinicnet.simulator.traffic;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A parsed policy that the platform has accepted. */
record Policy(Map<Phase, List<Rule>> phases) {
  private static final String EVENTS = "on_event_stream_message";
  private static final YAMLFactory FACTORY =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final ObjectMapper YAML = YAMLMapper.builder(FACTORY).build();

  /**
   * Reads JSON or YAML; an empty text is a policy without rules.
   *
   * @throws EvaluationFailed if it is not a document of phases; the message does not quote it,
   *     because it may have secrets
   * @throws Unmodelled if it has an alias, which would be read as its name, or rules for the
   *     messages of an event stream
   */
  static Policy parse(String text) {
    Map<Phase, List<Rule>> phases = new EnumMap<>(Phase.class);
    JsonNode document = document(text);
    if (document.has(EVENTS)) {
      throw new Unmodelled("the phase " + EVENTS);
    }
    for (Phase phase : Phase.values()) {
      phases.put(phase, rules(phase, document.path(phase.key())));
    }
    return new Policy(phases);
  }

  /** The rules of a phase in order. */
  List<Rule> rules(Phase phase) {
    return phases.get(phase);
  }

  private static JsonNode document(String text) {
    JsonNode document;
    try {
      requireNoAlias(text);
      document = YAML.readTree(text);
    } catch (IOException e) {
      throw new EvaluationFailed("the policy", "it is neither JSON nor YAML");
    }
    if (!document.isObject() && !document.isMissingNode() && !document.isNull()) {
      throw new EvaluationFailed("the policy", "it is no map of phases");
    }
    return document;
  }

  private static void requireNoAlias(String text) throws IOException {
    try (YAMLParser parser = FACTORY.createParser(text)) {
      while (parser.nextToken() != null) {
        if (parser.isCurrentAlias()) {
          throw new Unmodelled("an alias in a policy");
        }
      }
    }
  }

  private static List<Rule> rules(Phase phase, JsonNode list) {
    List<Rule> rules = new ArrayList<>();
    for (JsonNode rule : list) {
      String name = rule.path("name").asText("");
      String label = name.isEmpty() ? phase.key() + "[" + rules.size() + "]" : name;
      List<String> expressions = new ArrayList<>();
      rule.path("expressions").forEach(expression -> expressions.add(expression.asText()));
      List<Step> steps = new ArrayList<>();
      rule.path("actions")
          .forEach(step -> steps.add(new Step(step.path("type").asText(), step.path("config"))));
      rules.add(new Rule(label, List.copyOf(expressions), List.copyOf(steps)));
    }
    return List.copyOf(rules);
  }
}
