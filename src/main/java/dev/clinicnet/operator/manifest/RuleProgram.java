package dev.clinicnet.operator.manifest;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An expression of a rule, compiled as in Kubernetes, but without types, which were checked before.
 */
final class RuleProgram {
  static final String SELF = "self";
  static final String OLD_SELF = "oldSelf";

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .enableRegexPartialMatch(true)
          .comprehensionMaxIterations(-1)
          .build();
  private static final Set<CelStringExtensions.Function> STRINGS =
      EnumSet.complementOf(
          EnumSet.of(
              CelStringExtensions.Function.INDEX_OF, CelStringExtensions.Function.LAST_INDEX_OF));
  private static final Cel CEL =
      CelFactory.plannerCelBuilder()
          .setOptions(OPTIONS)
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar(SELF, SimpleType.DYN)
          .addVar(OLD_SELF, SimpleType.DYN)
          .addCompilerLibraries(
              CelExtensions.strings(STRINGS),
              CelExtensions.optional(),
              CelExtensions.sets(OPTIONS),
              KubernetesLibrary.INSTANCE)
          .addRuntimeLibraries(
              CelExtensions.strings(STRINGS),
              CelExtensions.optional(),
              CelExtensions.sets(OPTIONS),
              KubernetesLibrary.INSTANCE)
          .build();
  private static final Map<String, RuleProgram> COMPILED = new ConcurrentHashMap<>();

  private final Program program;
  private final boolean usesOldSelf;

  private RuleProgram(Program program, boolean usesOldSelf) {
    this.program = program;
    this.usesOldSelf = usesOldSelf;
  }

  /**
   * The program of an expression.
   *
   * @throws IllegalArgumentException when it cannot be compiled
   */
  static RuleProgram of(String expression) {
    return COMPILED.computeIfAbsent(expression, RuleProgram::compile);
  }

  private static RuleProgram compile(String expression) {
    try {
      CelAbstractSyntaxTree tree = CEL.compile(expression).getAst();
      boolean usesOldSelf =
          tree.getReferenceMap().values().stream()
              .anyMatch(reference -> reference.name().equals(OLD_SELF));
      return new RuleProgram(CEL.createProgram(tree), usesOldSelf);
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalArgumentException("rule compile error: " + e.getMessage(), e);
    }
  }

  /** Whether the rule compares with the value before a change. */
  boolean usesOldSelf() {
    return usesOldSelf;
  }

  Object evaluate(Map<String, ?> variables) throws CelEvaluationException {
    return program.eval(variables);
  }
}
