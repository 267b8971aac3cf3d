package dev.clinicnet.operator.simulator.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code set-vars}: variables of any type for the rest of the phase, in order (documented). */
final class SetVars implements Action {

  @Override
  public Optional<Ending> run(Call call) {
    for (JsonNode entry : call.config().fields().path("vars")) {
      for (Map.Entry<String, JsonNode> variable : entry.properties()) {
        String place = "config.vars." + variable.getKey();
        call.run().vars().put(variable.getKey(), value(call.config(), variable.getValue(), place));
      }
    }
    return Optional.empty();
  }

  private static Object value(Config config, JsonNode node, String place) {
    if (node.isTextual()) {
      return config.evaluation().typed(node.textValue(), place);
    }
    if (node.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      node.properties()
          .forEach(field -> map.put(field.getKey(), value(config, field.getValue(), place)));
      return map;
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(item -> list.add(value(config, item, place)));
      return list;
    }
    return ScalarValue.of(node);
  }
}
