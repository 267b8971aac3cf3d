package dev.clinicnet.operator.policy;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The meaning of our expressions: the tree without literals, and the value for a request. */
public record Meaning(String shape, boolean value) {
  private static final Cel CEL =
      CelFactory.plannerCelBuilder()
          .addVar("req", MapType.create(SimpleType.STRING, SimpleType.DYN))
          .addVar("actions", MapType.create(SimpleType.STRING, SimpleType.DYN))
          .setResultType(SimpleType.BOOL)
          .build();

  /** The value of an expression for a request with this path and user. */
  public static Meaning of(String expression, String path, String email) {
    Map<String, Object> identity = Map.of("identity", Map.of("email", email));
    Map<String, Object> variables =
        Map.of(
            "req",
            Map.of("url", Map.of("path", path, "raw_path", path)),
            "actions",
            Map.of("ngrok", Map.of("oauth", identity, "oidc", identity)));
    try {
      CelAbstractSyntaxTree tree = CEL.compile(expression).getAst();
      return new Meaning(
          shape(CEL.parse(expression).getAst().getExpr()),
          (boolean) CEL.createProgram(tree).eval(variables));
    } catch (CelValidationException | CelEvaluationException e) {
      throw new AssertionError("not evaluated: " + expression, e);
    }
  }

  private static String shape(CelExpr expression) {
    return switch (expression.getKind()) {
      case CONSTANT -> expression.constant().getKind().name();
      case IDENT -> expression.ident().name();
      case SELECT -> shape(expression.select().operand()) + "." + expression.select().field();
      case CALL -> {
        List<CelExpr> parts = new ArrayList<>();
        expression.call().target().ifPresent(parts::add);
        parts.addAll(expression.call().args());
        yield expression.call().function()
            + parts.stream().map(Meaning::shape).collect(Collectors.joining(", ", "(", ")"));
      }
      default -> throw new AssertionError("nothing of ours has a " + expression.getKind());
    };
  }
}
