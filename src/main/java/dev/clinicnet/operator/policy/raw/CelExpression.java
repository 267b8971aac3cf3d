package dev.clinicnet.operator.policy.raw;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.cel.parser.CelStandardMacro;

/** An expression, read but not evaluated. Either {@code ast} or {@code fault} is null. */
record CelExpression(String text, CelAbstractSyntaxTree ast, CelProblem fault) {

  private static final CelParser PARSER =
      CelParserFactory.standardCelParserBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .build();

  static CelExpression parse(String text) {
    if (text.isBlank()) {
      return new CelExpression(
          text, null, new CelProblem(1, 1, "the expression is empty: write one, or leave it out"));
    }
    CelValidationResult result = PARSER.parse(text);
    if (result.hasError()) {
      return new CelExpression(text, null, problem(result.getErrors().get(0)));
    }
    try {
      return new CelExpression(text, result.getAst(), null);
    } catch (CelValidationException e) {
      return new CelExpression(text, null, problem(e.getErrors().get(0)));
    }
  }

  CelExpr root() {
    return ast.getExpr();
  }

  /** A problem with one part of the expression. */
  CelProblem at(CelExpr part, String reason) {
    CelSourceLocation location = CelSourceLocation.of(1, 0);
    Integer offset = ast.getSource().getPositionsMap().get(part.id());
    if (offset != null) {
      location = ast.getSource().getOffsetLocation(offset).orElse(location);
    }
    return new CelProblem(location.getLine(), location.getColumn() + 1, reason);
  }

  /** Whether the whole is the constant true, so that it is no condition. */
  boolean isTrue() {
    return root().getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && root().constant().equals(dev.cel.common.ast.CelConstant.ofValue(true));
  }

  private static CelProblem problem(CelIssue issue) {
    CelSourceLocation location = issue.getSourceLocation();
    return new CelProblem(
        Math.max(1, location.getLine()),
        Math.max(0, location.getColumn()) + 1,
        reason(issue.getMessage()));
  }

  /** A short reason. The parser lists every token that it expects, which is too long to read. */
  private static String reason(String message) {
    int expecting = message.indexOf(" expecting ");
    String reason = expecting < 0 ? message : message.substring(0, expecting);
    if (reason.contains("'<EOF>'")) {
      return "the expression ends too early: something after it is missing";
    }
    if (reason.startsWith("For input string")) {
      return "a number that does not fit into 64 bits: write a smaller one";
    }
    if (reason.startsWith("invalid argument to has() macro")) {
      return "has() takes a member of something: write for example has(req.headers.x)";
    }
    if (reason.startsWith("reserved identifier: ")) {
      return reason.replaceFirst("reserved identifier: (.*)", "$1 is a reserved word of CEL")
          + ": take it out";
    }
    reason =
        reason
            .replace("mismatched input", "unexpected")
            .replace("extraneous input", "unexpected")
            .replace("no viable alternative at input", "unexpected")
            .replace("token recognition error at:", "unexpected");
    return reason + hint(reason);
  }

  private static String hint(String reason) {
    if (reason.startsWith("unexpected '= ") || reason.startsWith("unexpected '='")) {
      return "; write == to compare";
    }
    if (reason.startsWith("unexpected '$")) {
      return "; the whole is CEL already: write it without ${ }";
    }
    if (reason.startsWith("unexpected '\"") || reason.startsWith("unexpected ''")) {
      return "; close the quote";
    }
    return switch (reason) {
      case "unexpected '\u201c'",
          "unexpected '\u201d'",
          "unexpected '\u2018'",
          "unexpected '\u2019'" ->
          "; write straight quotes";
      case "unexpected 'matches'", "unexpected '=~'" -> "; write text.matches(pattern)";
      case "unexpected 'and'" -> "; write &&";
      case "unexpected 'or'" -> "; write ||";
      default -> "";
    };
  }
}
