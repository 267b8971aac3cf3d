package dev.clinicnet.operator.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One rule. Its actions run in order when every expression is true, or always if there are no
 * expressions. A null {@code name} is left out. An expression is CEL text; ngrok refuses any other
 * form.
 */
public record Rule(String name, List<String> expressions, List<Action> actions) {

  public Rule {
    expressions = List.copyOf(expressions);
    actions = List.copyOf(actions);
    if (actions.isEmpty()) {
      throw new IllegalArgumentException("a rule needs at least one action");
    }
  }

  static Rule always(String name, Action action) {
    return new Rule(name, List.of(), List.of(action));
  }

  static Rule when(String name, String expression, Action action) {
    return new Rule(name, List.of(expression), List.of(action));
  }

  /** Whether no client goes on to the next rule. */
  boolean endsForEverybody() {
    return expressions.isEmpty() && actions.stream().anyMatch(Action::terminates);
  }

  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    if (name != null) {
      tree.put("name", name);
    }
    if (!expressions.isEmpty()) {
      tree.put("expressions", expressions);
    }
    tree.put("actions", actions.stream().map(Action::tree).toList());
    return tree;
  }
}
