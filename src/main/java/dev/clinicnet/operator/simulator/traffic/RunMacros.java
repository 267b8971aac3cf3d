package dev.clinicnet.operator.simulator.traffic;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import java.util.List;
import java.util.Optional;

/** The documented macros that read of the run or of the account: they stand for their variable. */
final class RunMacros {
  /** The variable that stands for the account's vaults. */
  static final String SECRETS = "secrets";

  static final List<CelMacro> MACROS =
      List.of(CelMacro.newReceiverMacro("get", 2, RunMacros::secret));

  static final List<CelFunctionDecl> DECLARATIONS =
      List.of(
          CelFunctionDecl.newFunctionDeclaration(
              "secret",
              CelOverloadDecl.newGlobalOverload(
                  "secret",
                  SimpleType.STRING,
                  SimpleType.DYN,
                  SimpleType.STRING,
                  SimpleType.STRING)));

  static final List<CelFunctionBinding> BINDINGS =
      List.of(
          CelFunctionBinding.from(
              "secret",
              List.of(Object.class, String.class, String.class),
              arguments -> secret(arguments[0], (String) arguments[1], (String) arguments[2])));

  private RunMacros() {}

  /** {@code secrets.get(vault, name)}; any other {@code get} is left alone. */
  private static Optional<CelExpr> secret(
      CelMacroExprFactory factory, CelExpr target, List<CelExpr> arguments) {
    boolean secrets =
        target.getKind() == CelExpr.ExprKind.Kind.IDENT && target.ident().name().equals(SECRETS);
    return secrets
        ? Optional.of(factory.newGlobalCall("secret", target, arguments.get(0), arguments.get(1)))
        : Optional.empty();
  }

  private static Object secret(Object account, String vault, String name)
      throws CelEvaluationException {
    return ((TrafficAccount) account)
        .secret(vault, name)
        .orElseThrow(() -> new CelEvaluationException("there is no such secret"));
  }
}
