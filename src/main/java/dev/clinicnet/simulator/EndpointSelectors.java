package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.Map;

/**
 * The expressions by which a Kubernetes operator selects endpoints of a cluster. In them, the
 * endpoint is {@code endpoint} (documented). It is not documented that one of several expressions
 * is enough.
 */
final class EndpointSelectors {
  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("endpoint", SimpleType.DYN)
          .build();
  private static final CelRuntime RUNTIME = CelRuntimeFactory.legacyCelRuntimeBuilder().build();

  private EndpointSelectors() {}

  /** Refuses a text that is not an expression. */
  static void check(JsonNode selectors) {
    selectors.forEach(selector -> program(selector.asText()));
  }

  /** Whether an endpoint is selected. Without a selector, all endpoints are (documented). */
  static boolean choose(JsonNode selectors, JsonNode endpoint) {
    List<String> expressions = Json.strings(selectors);
    return expressions.isEmpty()
        || expressions.stream().anyMatch(expression -> holds(expression, endpoint));
  }

  private static boolean holds(String expression, JsonNode endpoint) {
    try {
      return Boolean.TRUE.equals(
          program(expression).eval(Map.of("endpoint", Json.value(endpoint))));
    } catch (CelEvaluationException e) {
      return false;
    }
  }

  private static CelRuntime.Program program(String expression) {
    try {
      return RUNTIME.createProgram(COMPILER.compile(expression).getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw SimulatorError.ENDPOINT_SELECTOR.with(e.getMessage());
    }
  }
}
