package dev.clinicnet.operator.policy.raw;

import dev.clinicnet.operator.policy.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks expressions that a person wrote. */
public final class CelText {

  private CelText() {}

  /** For an expression that may stand in any phase. Says nothing of {@code secrets.get}. */
  public static CelReport check(String expression) {
    return check(expression, Set.of(Phase.values()));
  }

  /** For an expression that is evaluated in one of these phases only. */
  public static CelReport check(String expression, Set<Phase> phases) {
    CelExpression parsed = CelExpression.parse(expression);
    if (parsed.fault() != null) {
      return new CelReport(Optional.of(parsed.fault().toString()), List.of());
    }
    List<String> warnings = new ArrayList<>();
    new CelNames(phases, Set.of())
        .unknown(parsed)
        .forEach(problem -> warnings.add(problem.toString()));
    return new CelReport(Optional.empty(), warnings);
  }
}
