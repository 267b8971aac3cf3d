package dev.clinicnet.operator.policy.raw;

import dev.clinicnet.operator.policy.Tightening;
import dev.clinicnet.operator.suggestion.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks one rule by itself. */
final class RuleCheck {

  private static final List<String> FIELDS = List.of("name", "expressions", "actions");

  private RuleCheck() {}

  /** Empty when the structure is wrong. */
  static Optional<CheckedRule> check(Object tree, Place place) {
    if (!(tree instanceof Map<?, ?> rule)) {
      place.error(Mismatch.of(tree, "a map") + ": write a rule with " + String.join(", ", FIELDS));
      return Optional.empty();
    }
    onlyFields(rule, FIELDS, place);
    if (rule.get("name") != null) {
      name(rule.get("name"), place.field("name"));
    }
    boolean always = expressions(rule.get("expressions"), place.field("expressions"));
    Optional<List<CheckedAction>> actions = actions(rule.get("actions"), place.field("actions"));
    boolean unconditional = !(rule.get("expressions") instanceof List<?> list) || list.isEmpty();
    return actions.map(all -> new CheckedRule(always, unconditional, all, place));
  }

  /** Numbers are in use, although ngrok's reference says text. */
  private static void name(Object name, Place place) {
    if (name instanceof String text) {
      Interpolations.check(text, place);
    } else if (!(name instanceof Number)) {
      place.error(Mismatch.of(name, "a string") + ": put what you wrote in quotes");
    }
    if (Tightening.isName(String.valueOf(name))) {
      place.error(
          "is how the operator calls the rules of a refused manifest: choose a name that does not"
              + " begin with \"generation\" and a number");
    }
  }

  static void onlyFields(Map<?, ?> tree, List<String> known, Place place) {
    for (Object key : tree.keySet()) {
      String name = String.valueOf(key);
      if (!known.contains(name)) {
        place
            .field(name)
            .error(
                "is unknown: take it out or write one of "
                    + String.join(", ", known)
                    + NearestName.hint(name, known));
      }
    }
  }

  /** Checks the expressions, and returns whether the rule runs for every client. */
  private static boolean expressions(Object tree, Place place) {
    if (tree == null) {
      return true;
    }
    if (!(tree instanceof List<?> expressions)) {
      place.error(
          Mismatch.of(tree, "a list") + ": write one expression an entry, each after \"- \"");
      return false;
    }
    boolean always = true;
    for (int i = 0; i < expressions.size(); i++) {
      if (expressions.get(i) instanceof String text) {
        CelExpression cel = CelExpression.parse(text);
        place.item(i).checkCel(cel, text, 0, Set.of());
        always = always && cel.fault() == null && cel.isTrue();
      } else {
        place
            .item(i)
            .error(Mismatch.of(expressions.get(i), "a string") + ": put the expression in quotes");
        always = false;
      }
    }
    return always;
  }

  private static Optional<List<CheckedAction>> actions(Object tree, Place place) {
    if (tree == null) {
      place.error("is missing: a rule does something; write at least one action");
      return Optional.empty();
    }
    if (!(tree instanceof List<?> actions)) {
      place.error(Mismatch.of(tree, "a list") + ": write one action an entry, each after \"- \"");
      return Optional.empty();
    }
    if (actions.isEmpty()) {
      place.error("is empty: a rule does something; write at least one action");
      return Optional.empty();
    }
    List<CheckedAction> checked = new ArrayList<>();
    for (int i = 0; i < actions.size(); i++) {
      ActionCheck.check(actions.get(i), place.item(i)).ifPresent(checked::add);
    }
    return Optional.of(checked);
  }
}
