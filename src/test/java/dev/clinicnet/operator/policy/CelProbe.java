package dev.clinicnet.operator.policy;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import java.util.Map;

/** Compiles and evaluates expressions with standard CEL and the request variable of ngrok. */
final class CelProbe {

  private static final CelType REQUEST = MapType.create(SimpleType.STRING, SimpleType.DYN);

  private static final Cel BOOLEANS = returning(SimpleType.BOOL);
  private static final Cel STRINGS = returning(SimpleType.STRING);

  private CelProbe() {}

  static boolean holds(String expression, String path, String rawPath) {
    return (boolean)
        evaluate(
            expression,
            BOOLEANS,
            Map.of("req", Map.of("url", Map.of("path", path, "raw_path", rawPath))));
  }

  static String string(String expression) {
    return (String) evaluate(expression, STRINGS, Map.of());
  }

  private static Cel returning(CelType type) {
    return CelFactory.plannerCelBuilder().addVar("req", REQUEST).setResultType(type).build();
  }

  private static Object evaluate(String expression, Cel cel, Map<String, ?> variables) {
    try {
      return cel.createProgram(cel.compile(expression).getAst()).eval(variables);
    } catch (CelValidationException | CelEvaluationException e) {
      throw new AssertionError("not evaluated: " + expression, e);
    }
  }
}
