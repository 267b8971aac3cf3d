package dev.clinicnet.simulator;

import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelParserFactory;
import dev.cel.parser.CelStandardMacro;

/** Reads CEL without evaluating it. */
final class Cel {
  private Cel() {}

  /** What is wrong with a text; null if it is CEL. */
  static String problem(String text) {
    CelValidationResult result =
        CelParserFactory.standardCelParserBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .build()
            .parse(text);
    return result.hasError() ? result.getErrors().get(0).getMessage() : null;
  }

  /** The tree of a filter. Filters have no macros. */
  static CelExpr filter(String text) {
    CelValidationResult result = CelParserFactory.standardCelParserBuilder().build().parse(text);
    try {
      return result.getAst().getExpr();
    } catch (CelValidationException e) {
      throw SimulatorError.FILTER_INVALID.with(result.getErrors().get(0).getMessage());
    }
  }
}
