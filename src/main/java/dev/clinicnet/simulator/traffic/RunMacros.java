package dev.clinicnet.simulator.traffic;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.DYN;
import static dev.cel.common.types.SimpleType.STRING;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.ListType;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The documented macros that read the run. The run becomes their first argument. */
final class RunMacros {
  /** The variable for the run. No expression can write its name. */
  static final String RUN = "@run";

  private static final List<String> ONE_ARGUMENT =
      List.of(
          "getReqHeader",
          "hasReqHeader",
          "getResHeader",
          "hasResHeader",
          "getReqCookie",
          "hasReqCookie",
          "getQueryParam",
          "hasQueryParam");

  static final List<CelMacro> MACROS = macros();

  static final List<Macro> FUNCTIONS =
      List.of(
          Macro.global(
              "getReqHeader", of("req_header", ReadMacros::requestHeader), list(), DYN, STRING),
          Macro.global(
              "hasReqHeader",
              of("has_req_header", (run, name) -> !ReadMacros.requestHeader(run, name).isEmpty()),
              BOOL,
              DYN,
              STRING),
          Macro.global(
              "getResHeader", of("res_header", ReadMacros::responseHeader), list(), DYN, STRING),
          Macro.global(
              "hasResHeader",
              of("has_res_header", (run, name) -> !ReadMacros.responseHeader(run, name).isEmpty()),
              BOOL,
              DYN,
              STRING),
          Macro.global("getReqCookie", of("req_cookie", ReadMacros::cookie), DYN, DYN, STRING),
          Macro.global(
              "hasReqCookie", of("has_req_cookie", ReadMacros::hasCookie), BOOL, DYN, STRING),
          Macro.global(
              "getQueryParam", of("query_param", ReadMacros::parameter), list(), DYN, STRING),
          Macro.global(
              "hasQueryParam", of("has_query_param", ReadMacros::hasParameter), BOOL, DYN, STRING),
          Macro.global("@present", of("present", ReadMacros::isPresent), BOOL, DYN, STRING),
          Macro.global(
              "@secret",
              CelFunctionBinding.from(
                  "secret",
                  List.of(Object.class, String.class, String.class),
                  arguments ->
                      secret((Run) arguments[0], (String) arguments[1], (String) arguments[2])),
              STRING,
              DYN,
              STRING,
              STRING));

  private RunMacros() {}

  private static ListType list() {
    return ListType.create(STRING);
  }

  private static CelFunctionBinding of(
      String id, dev.cel.runtime.CelFunctionOverload.Binary<Run, String> function) {
    return CelFunctionBinding.from(id, Run.class, String.class, function);
  }

  private static List<CelMacro> macros() {
    List<CelMacro> macros = new ArrayList<>();
    macros.add(CelMacro.newReceiverMacro("get", 2, RunMacros::secret));
    macros.add(CelMacro.newGlobalMacro("has", 1, RunMacros::has));
    for (String name : ONE_ARGUMENT) {
      macros.add(
          CelMacro.newGlobalMacro(
              name,
              1,
              (factory, target, arguments) ->
                  Optional.of(factory.newGlobalCall(name, run(factory), arguments.get(0)))));
    }
    return macros;
  }

  /** {@code secrets.get(vault, name)}; any other {@code get} is left alone. */
  private static Optional<CelExpr> secret(
      CelMacroExprFactory factory, CelExpr target, List<CelExpr> arguments) {
    return DottedName.of(target).filter("secrets"::equals).isPresent()
        ? Optional.of(
            factory.newGlobalCall("@secret", run(factory), arguments.get(0), arguments.get(1)))
        : Optional.empty();
  }

  /** {@code has(...)}: for a variable by its full name, or for a key of a map. */
  private static Optional<CelExpr> has(
      CelMacroExprFactory factory, CelExpr target, List<CelExpr> arguments) {
    CelExpr field = arguments.get(0);
    Optional<String> variable = DottedName.of(field).filter(Variables.ALL::containsKey);
    if (variable.isPresent()) {
      CelExpr name = factory.newStringLiteral(variable.get());
      return Optional.of(factory.newGlobalCall("@present", run(factory), name));
    }
    return Optional.of(
        field.getKind() == CelExpr.ExprKind.Kind.SELECT
            ? factory.newSelect(field.select().operand(), field.select().field(), true)
            : factory.reportError("invalid argument to has() macro"));
  }

  private static CelExpr run(CelMacroExprFactory factory) {
    return factory.newIdentifier(RUN);
  }

  private static Object secret(Run run, String vault, String name) throws CelEvaluationException {
    return run.account()
        .secret(vault, name)
        .orElseThrow(() -> new CelEvaluationException("there is no such secret"));
  }
}
