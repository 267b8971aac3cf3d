package dev.clinicnet.simulator.traffic;

import dev.cel.common.ast.CelExpr;
import java.util.Optional;

/** The name that a chain of selections spells. */
final class DottedName {
  private DottedName() {}

  /** For example {@code req.url.path}; empty for anything else. */
  static Optional<String> of(CelExpr expression) {
    return switch (expression.getKind()) {
      case IDENT -> Optional.of(expression.ident().name());
      case SELECT ->
          of(expression.select().operand()).map(name -> name + "." + expression.select().field());
      default -> Optional.empty();
    };
  }
}
