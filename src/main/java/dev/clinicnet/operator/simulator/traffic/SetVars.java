package dev.clinicnet.operator.simulator.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** {@code set-vars}: variables of any type for the rest of the phase, in order (documented). */
final class SetVars implements Action {

  @Override
  public Optional<Ending> run(Call call) {
    Evaluation evaluation = call.config().evaluation();
    for (JsonNode entry : call.config().fields().path("vars")) {
      for (Map.Entry<String, JsonNode> variable : entry.properties()) {
        String place = "config.vars." + variable.getKey();
        Object value = JsonValue.of(variable.getValue(), text -> evaluation.typed(text, place));
        call.run().vars().put(variable.getKey(), value);
      }
    }
    return Optional.empty();
  }
}
