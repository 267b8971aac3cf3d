package dev.clinicnet.simulator.traffic;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelUnknownSet;
import java.util.List;

/**
 * The language of expressions: CEL with the documented variables and macros. A name with dots is a
 * separate variable, so that {@code req.url} is a text and {@code req.url.path} is one too.
 */
final class Cel {
  private static final CelOptions OPTIONS = CelOptions.current().build();
  private static final CelCompiler COMPILER = compiler();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.legacyCelRuntimeBuilder()
          .setOptions(OPTIONS)
          .addLibraries(
              CelExtensions.strings(), CelExtensions.lists(), CelExtensions.encoders(OPTIONS))
          .addFunctionBindings(Macros.ALL.stream().map(Macro::binding).toList())
          .addFunctionBindings(RunMacros.FUNCTIONS.stream().map(Macro::binding).toList())
          .build();
  private static final BoundedCache<CelRuntime.Program> PROGRAMS = new BoundedCache<>(1000);

  private Cel() {}

  /**
   * The value of an expression within a run.
   *
   * @param place the place for messages; the expression is not quoted, because it may have secrets
   * @throws EvaluationFailed if it is not an expression or cannot be evaluated
   * @throws Unmodelled if it reads or calls something that is not modelled
   */
  static Object evaluate(String expression, String place, Run run) {
    CelRuntime.Program program = PROGRAMS.get(expression, text -> compile(text, place));
    try {
      Object value = program.eval(new RunVariables(run));
      run.requireModelled();
      if (value instanceof CelUnknownSet) {
        throw new EvaluationFailed(place, "a variable is absent");
      }
      return value;
    } catch (CelEvaluationException e) {
      run.requireModelled();
      throw new EvaluationFailed(place, "it cannot be evaluated (" + e.getErrorCode() + ")");
    }
  }

  private static CelRuntime.Program compile(String expression, String place) {
    try {
      CelValidationResult result = COMPILER.compile(expression);
      CelAbstractSyntaxTree ast = result.getAst();
      return RUNTIME.createProgram(ast);
    } catch (CelValidationException e) {
      int column = e.getErrors().get(0).getSourceLocation().getColumn();
      throw new EvaluationFailed(place, "it is no expression (column " + column + ")");
    } catch (CelEvaluationException e) {
      throw new EvaluationFailed(place, "it cannot be planned (" + e.getErrorCode() + ")");
    }
  }

  private static CelCompiler compiler() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(standardMacros())
            .addLibraries(
                CelExtensions.strings(), CelExtensions.lists(), CelExtensions.encoders(OPTIONS))
            .addMacros(RunMacros.MACROS)
            .addMacros(UnmodelledMacros.all())
            .addFunctionDeclarations(Macros.ALL.stream().map(Macro::declaration).toList())
            .addFunctionDeclarations(RunMacros.FUNCTIONS.stream().map(Macro::declaration).toList());
    Variables.ALL.forEach((name, variable) -> builder.addVar(name, variable.type()));
    return builder.build();
  }

  /** All macros except {@code has}, which must handle variables with dots. */
  private static List<CelStandardMacro> standardMacros() {
    return CelStandardMacro.STANDARD_MACROS.stream()
        .filter(macro -> macro != CelStandardMacro.HAS)
        .toList();
  }
}
