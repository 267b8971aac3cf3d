package dev.clinicnet.simulator.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code set-vars}: sets variables of any type for the rest of the phase, in order (documented).
 * The list of maps is documented, and one map is in public use.
 */
final class SetVars implements Action {

  @Override
  public Optional<Ending> run(Call call) {
    Evaluation evaluation = call.config().evaluation();
    JsonNode vars = call.config().fields().path("vars");
    for (JsonNode entry : vars.isObject() ? List.of(vars) : vars) {
      for (Map.Entry<String, JsonNode> variable : entry.properties()) {
        String place = "config.vars." + variable.getKey();
        Object value = JsonValue.of(variable.getValue(), text -> evaluation.typed(text, place));
        call.run().vars().put(variable.getKey(), value);
      }
    }
    return Optional.empty();
  }
}
