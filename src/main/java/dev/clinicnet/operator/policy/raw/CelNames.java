package dev.clinicnet.operator.policy.raw;

import dev.cel.common.ast.CelExpr;
import dev.clinicnet.operator.policy.Phase;
import dev.clinicnet.operator.suggestion.NearestName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds names in an expression that have no documented meaning at the place of the expression. */
final class CelNames {

  /** Methods of ngrok whose first argument names a variable, as in the macros of CEL. */
  private static final Set<String> BINDING = Set.of("sort", "sortBy");

  /** A longer list would not be read. */
  private static final int MAX_PROBLEMS = 10;

  /** The names that operators have in the tree. */
  private static final Pattern OPERATOR = Pattern.compile("[^A-Za-z.].*");

  private final Set<Phase> phases;
  private final Set<String> extra;

  /**
   * @param phases the phases in which the expression may be evaluated
   * @param extra variables that are known in this place only
   */
  CelNames(Set<Phase> phases, Set<String> extra) {
    this.phases = phases;
    this.extra = extra;
  }

  List<CelProblem> unknown(CelExpression expression) {
    List<CelProblem> problems = new ArrayList<>();
    walk(expression, expression.root(), extra, problems);
    return problems;
  }

  private void walk(
      CelExpression whole, CelExpr part, Set<String> bound, List<CelProblem> problems) {
    if (problems.size() >= MAX_PROBLEMS) {
      return;
    }
    switch (part.getKind()) {
      case IDENT, SELECT -> {
        Optional<List<String>> path = path(part);
        if (path.isPresent()) {
          variable(path.get(), bound).ifPresent(reason -> problems.add(whole.at(part, reason)));
        } else {
          CelParts.of(part).forEach(below -> walk(whole, below, bound, problems));
        }
      }
      case CALL -> call(whole, part, bound, problems);
      case COMPREHENSION -> {
        Set<String> inside = new HashSet<>(bound);
        inside.add(part.comprehension().iterVar());
        inside.add(part.comprehension().iterVar2());
        inside.add(part.comprehension().accuVar());
        walk(whole, part.comprehension().iterRange(), bound, problems);
        CelParts.of(part).stream().skip(1).forEach(below -> walk(whole, below, inside, problems));
      }
      default -> CelParts.of(part).forEach(below -> walk(whole, below, bound, problems));
    }
  }

  private void call(
      CelExpression whole, CelExpr part, Set<String> bound, List<CelProblem> problems) {
    CelExpr.CelCall call = part.call();
    Set<String> inside = bound;
    if (OPERATOR.matcher(call.function()).matches()) {
      CelParts.of(part).forEach(below -> walk(whole, below, bound, problems));
      return;
    }
    Optional<String> namespace =
        call.target()
            .flatMap(CelParts::identifier)
            .filter(name -> !bound.contains(name) && CelVocabulary.isNamespace(name));
    String name =
        namespace.map(n -> n + ".").orElse(call.target().isPresent() ? "." : "") + call.function();
    function(name.startsWith("..") ? name.substring(1) : name)
        .ifPresent(reason -> problems.add(whole.at(part, reason)));
    if (namespace.isEmpty()) {
      call.target().ifPresent(target -> walk(whole, target, bound, problems));
    }
    if (BINDING.contains(call.function())) {
      inside = new HashSet<>(bound);
      for (CelExpr argument : call.args()) {
        CelParts.identifier(argument).ifPresent(inside::add);
      }
    }
    for (CelExpr argument : call.args()) {
      walk(whole, argument, inside, problems);
    }
  }

  private Optional<String> function(String name) {
    String shown = name.startsWith(".") ? name.substring(1) : name;
    if (!CelVocabulary.isFunction(name)) {
      boolean method = name.startsWith(".");
      List<String> candidates =
          CelVocabulary.functions().stream()
              .filter(known -> known.startsWith(".") == method)
              .map(known -> method ? known.substring(1) : known)
              .toList();
      return Optional.of("unknown function " + shown + NearestName.hint(shown, candidates));
    }
    if (CelVocabulary.phasesOfFunction(name).stream().noneMatch(phases::contains)) {
      return Optional.of(shown + " is not available in " + phaseWords());
    }
    return Optional.empty();
  }

  private Optional<String> variable(List<String> path, Set<String> bound) {
    String root = path.get(0);
    if (bound.contains(root) || CelVocabulary.isType(root)) {
      return Optional.empty();
    }
    String known = "";
    for (String element : path) {
      if (CelVocabulary.isOpen(known)) {
        break;
      }
      String longer = known.isEmpty() ? element : known + "." + element;
      if (!CelVocabulary.isVariable(longer)) {
        return Optional.of(
            "unknown variable " + longer + NearestName.hint(longer, CelVocabulary.variables()));
      }
      known = longer;
    }
    return CelVocabulary.phasesOfVariable(root).stream().anyMatch(phases::contains)
        ? Optional.empty()
        : Optional.of(root + " is not available in " + phaseWords());
  }

  private String phaseWords() {
    return String.join(" and ", phases.stream().map(Phase::key).sorted().toList());
  }

  /** The elements of {@code a.b.c}; empty for a selection from a value without a name. */
  private static Optional<List<String>> path(CelExpr part) {
    if (part.getKind() == CelExpr.ExprKind.Kind.SELECT) {
      Optional<List<String>> path = path(part.select().operand());
      path.ifPresent(elements -> elements.add(part.select().field()));
      return path;
    }
    return CelParts.identifier(part).map(name -> new ArrayList<>(List.of(name)));
  }
}
