package dev.clinicnet.operator.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.config.JsonBuffers;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A traffic policy document. ngrok's API takes it as a string ({@link #toJson}), the agent's file
 * as an object ({@link #tree}). Equal policies give equal text.
 */
public record TrafficPolicy(Map<Phase, List<Rule>> phases) {

  private static final ObjectMapper JSON = new ObjectMapper(JsonBuffers.factory());

  public TrafficPolicy {
    Map<Phase, List<Rule>> copy = new EnumMap<>(Phase.class);
    phases.forEach(
        (phase, rules) -> {
          if (!rules.isEmpty()) {
            copy.put(phase, List.copyOf(rules));
          }
        });
    phases = Collections.unmodifiableMap(copy);
  }

  /** The rules of a phase, in the order they run; empty when there are none. */
  public List<Rule> rules(Phase phase) {
    return phases.getOrDefault(phase, List.of());
  }

  /** The document as maps, lists and scalars, in the order in which it is written. */
  public Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    phases.forEach(
        (phase, rules) -> tree.put(phase.key(), rules.stream().map(Rule::tree).toList()));
    return Collections.unmodifiableMap(tree);
  }

  /** The text that is sent to the API. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(tree());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "a tree of maps, lists and scalars always has a JSON form", e);
    }
  }

  /** A hash that changes when {@link #toJson} changes, and only then. */
  public String hash() {
    return ContentHash.of(toJson());
  }
}
