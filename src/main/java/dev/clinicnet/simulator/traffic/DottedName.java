package dev.clinicnet.simulator.traffic;

import dev.cel.common.ast.CelExpr;
import java.util.Optional;

/** The name of a chain of selections. */
final class DottedName {
  private DottedName() {}

  /** The name, for example {@code req.url.path}; empty for any other expression. */
  static Optional<String> of(CelExpr expression) {
    return switch (expression.getKind()) {
      case IDENT -> Optional.of(expression.ident().name());
      case SELECT ->
          of(expression.select().operand()).map(name -> name + "." + expression.select().field());
      default -> Optional.empty();
    };
  }
}
