package dev.clinicnet.operator.policy.raw;

import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Allows raw rules to read only the vault secrets of their own service. Every policy of an ngrok
 * account can read every secret of the account (documented), so the names must be literal strings.
 */
final class SecretReferences {

  private static final String NAMESPACE = "secrets";
  private static final Pattern WORD = Pattern.compile("\\bsecrets\\b");

  private final Set<Grant> granted;

  SecretReferences(Set<Grant> granted) {
    this.granted = granted;
  }

  /** The places where an expression could read a secret that it may not read. */
  List<CelProblem> refused(CelExpression expression) {
    List<CelProblem> problems = new ArrayList<>();
    walk(expression, expression.root(), problems, new int[1]);
    return problems;
  }

  /**
   * Whether the word {@code secrets} is in a text more often than in the allowed calls of its
   * expressions. Then ngrok, whose rules are not all documented, might find another call in the
   * text.
   */
  boolean mentionsOthers(String text, List<CelExpression> expressions) {
    int[] accounted = new int[1];
    expressions.forEach(
        expression -> walk(expression, expression.root(), new ArrayList<>(), accounted));
    return occurrences(text) > accounted[0];
  }

  private void walk(CelExpression whole, CelExpr part, List<CelProblem> problems, int[] accounted) {
    if (part.getKind() == CelExpr.ExprKind.Kind.CALL && isGet(part.call())) {
      Optional<Grant> grant = literal(part.call());
      if (grant.isEmpty()) {
        problems.add(
            whole.at(
                part,
                "secrets.get takes two literal strings, such as secrets.get('vault', 'name'):"
                    + " write the names out"));
      } else if (!granted.contains(grant.get())) {
        problems.add(
            whole.at(
                part,
                "secrets.get('%s', '%s') is not a secret of this service: %s"
                    .formatted(grant.get().vault(), grant.get().secret(), remedy())));
      } else {
        accounted[0] += 1 + occurrences(grant.get().vault()) + occurrences(grant.get().secret());
      }
      return;
    }
    if (CelParts.identifier(part).filter(NAMESPACE::equals).isPresent()) {
      problems.add(
          whole.at(part, "secrets may stand only in secrets.get('vault', 'name'): call it there"));
      return;
    }
    if (part.getKind() == CelExpr.ExprKind.Kind.COMPREHENSION
        && (part.comprehension().iterVar().equals(NAMESPACE)
            || part.comprehension().iterVar2().equals(NAMESPACE))) {
      problems.add(whole.at(part, "a variable may not be called secrets: give it another name"));
    }
    CelParts.of(part).forEach(below -> walk(whole, below, problems, accounted));
  }

  private String remedy() {
    return granted.isEmpty()
        ? "it has none; put the value into a Secret that the service refers to"
        : "it has "
            + String.join(
                ", ",
                granted.stream()
                    .map(grant -> "('%s', '%s')".formatted(grant.vault(), grant.secret()))
                    .sorted()
                    .toList());
  }

  private static boolean isGet(CelExpr.CelCall call) {
    return call.function().equals("get")
        && call.target().filter(SecretReferences::isNamed).isPresent();
  }

  /** Whether a target is {@code secrets} or {@code .secrets}, or ends in {@code .secrets}. */
  private static boolean isNamed(CelExpr target) {
    return CelParts.identifier(target).filter(NAMESPACE::equals).isPresent()
        || (target.getKind() == CelExpr.ExprKind.Kind.SELECT
            && target.select().field().equals(NAMESPACE));
  }

  private static Optional<Grant> literal(CelExpr.CelCall call) {
    if (call.args().size() != 2 || CelParts.identifier(call.target().get()).isEmpty()) {
      return Optional.empty();
    }
    return CelParts.literal(call.args().get(0))
        .flatMap(
            vault -> CelParts.literal(call.args().get(1)).map(secret -> new Grant(vault, secret)));
  }

  private static int occurrences(String text) {
    Matcher matcher = WORD.matcher(text);
    int count = 0;
    while (matcher.find()) {
      count++;
    }
    return count;
  }
}
