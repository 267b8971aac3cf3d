package dev.clinicnet.operator.policy.raw;

import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts of an expression. */
final class CelParts {

  private CelParts() {}

  /** The parts directly below this one. Macros are expanded. */
  static List<CelExpr> of(CelExpr expr) {
    return switch (expr.getKind()) {
      case SELECT -> List.of(expr.select().operand());
      case CALL -> {
        List<CelExpr> parts = new ArrayList<>();
        expr.call().target().ifPresent(parts::add);
        parts.addAll(expr.call().args());
        yield parts;
      }
      case LIST -> expr.list().elements();
      case STRUCT -> expr.struct().entries().stream().map(CelExpr.CelStruct.Entry::value).toList();
      case MAP -> {
        List<CelExpr> parts = new ArrayList<>();
        expr.map()
            .entries()
            .forEach(
                entry -> {
                  parts.add(entry.key());
                  parts.add(entry.value());
                });
        yield parts;
      }
      case COMPREHENSION ->
          List.of(
              expr.comprehension().iterRange(),
              expr.comprehension().accuInit(),
              expr.comprehension().loopCondition(),
              expr.comprehension().loopStep(),
              expr.comprehension().result());
      default -> List.of();
    };
  }

  /** The name of an identifier, without a leading dot; empty for any other part. */
  static Optional<String> identifier(CelExpr expr) {
    if (expr.getKind() != CelExpr.ExprKind.Kind.IDENT) {
      return Optional.empty();
    }
    String name = expr.ident().name();
    return Optional.of(name.startsWith(".") ? name.substring(1) : name);
  }

  /** The value of a string literal; empty for any other part. */
  static Optional<String> literal(CelExpr expr) {
    return expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT
            && expr.constant().getKind() == dev.cel.common.ast.CelConstant.Kind.STRING_VALUE
        ? Optional.of(expr.constant().stringValue())
        : Optional.empty();
  }
}
