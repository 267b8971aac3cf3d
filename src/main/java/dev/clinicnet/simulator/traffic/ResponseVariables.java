package dev.clinicnet.simulator.traffic;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** {@code res.*}. */
final class ResponseVariables {
  private ResponseVariables() {}

  static Map<String, Variable> all() {
    Map<String, Variable> all = new HashMap<>();
    add(all, "status_code", SimpleType.INT, response -> (long) response.status());
    add(
        all,
        "location",
        SimpleType.STRING,
        response -> response.headers().first("location").orElse(""));
    HeaderFacts.variables()
        .forEach(
            (name, fact) -> add(all, name, fact.type(), response -> fact.of(response.headers())));
    return all;
  }

  private static void add(
      Map<String, Variable> all, String name, CelType type, Function<HTTPResponse, Object> value) {
    all.put("res." + name, new Variable(type, run -> run.response().map(value).orElse(null)));
  }
}
