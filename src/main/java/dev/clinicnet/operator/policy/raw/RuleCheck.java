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

  /** Empty when its structure is not one that says anything. */
  static Optional<CheckedRule> check(Object tree, Place place) {
    if (!(tree instanceof Map<?, ?> rule)) {
      place.error(
          Shapes.mismatch(tree, "a map") + ": write a rule with " + String.join(", ", FIELDS));
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
    if (!(name instanceof Number)) {
      Shapes.text().check(name, place);
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

  /** Whether the rule runs for everybody. */
  private static boolean expressions(Object tree, Place place) {
    if (tree == null) {
      return true;
    }
    if (!(tree instanceof List<?> expressions)) {
      place.error(
          Shapes.mismatch(tree, "a list") + ": write one expression an entry, each after \"- \"");
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
            .error(
                Shapes.mismatch(expressions.get(i), "a string") + ": put the expression in quotes");
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
      place.error(
          Shapes.mismatch(tree, "a list") + ": write one action an entry, each after \"- \"");
      return Optional.empty();
    }
    if (actions.isEmpty()) {
      place.error("is empty: a rule does something; write at least one action");
      return Optional.empty();
    }
    List<CheckedAction> checked = new ArrayList<>();
    for (int i = 0; i < actions.size(); i++) {
      checked.add(ActionCheck.check(actions.get(i), place.item(i)));
    }
    return Optional.of(checked);
  }
}
