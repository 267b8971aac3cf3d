package dev.clinicnet.operator.policy.raw;

import dev.clinicnet.operator.policy.Action;
import dev.clinicnet.operator.policy.Forward;
import dev.clinicnet.operator.policy.Phase;
import dev.clinicnet.operator.policy.Rule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The rules of {@code spec.trafficPolicy}: a map of phases to lists of rules, as a JSON or YAML
 * reader gives it. They run after what {@code access} asks for and before the forward.
 */
public final class RawPolicy {

  private RawPolicy() {}

  /** The findings for a service whose {@code access} has no login. */
  public static RawPolicyFindings check(
      Map<String, Object> tree, EndpointKind kind, Set<Grant> grants) {
    return check(tree, kind, grants, false);
  }

  /**
   * All findings, not only the first.
   *
   * @param tree empty when there are no rules
   * @param grants the vault secrets of the service itself; empty when it has none
   * @param accessHasLogin whether {@code access} has an authentication of its own, since an
   *     endpoint may have one only (2239)
   */
  public static RawPolicyFindings check(
      Map<String, Object> tree, EndpointKind kind, Set<Grant> grants, boolean accessHasLogin) {
    List<Finding> errors = new ArrayList<>();
    List<Finding> warnings = new ArrayList<>();
    Place root = root(kind, grants, errors, warnings);
    new PhaseCheck(accessHasLogin).check(tree, root);
    UnknownText.visit(tree, root, RawPolicy::refuseLock);
    return new RawPolicyFindings(errors, warnings);
  }

  /** A response could show the secret of the lock to a client. */
  private static void refuseLock(String text, Place place) {
    if (text.toLowerCase(Locale.ROOT).contains(Forward.LOCK_HEADER)) {
      place.error(
          Forward.LOCK_HEADER
              + " is the header with the secret of the internal lock: rules may not name it; take"
              + " it out");
    }
  }

  /**
   * The rules, by phase, in the order of the document; phases without rules are left out.
   *
   * @param tree a tree that the check accepts; for any other tree, the result has no meaning
   */
  public static Map<Phase, List<Rule>> rules(Map<String, Object> tree) {
    Map<Phase, List<Rule>> rules = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      List<Rule> read = list(tree.get(phase.key())).stream().map(RawPolicy::rule).toList();
      if (!read.isEmpty()) {
        rules.put(phase, read);
      }
    }
    return rules;
  }

  /** The fields in the config of an action, as far as ngrok documents them. */
  public static Set<String> configFields(String type) {
    ActionType known = ActionCatalogue.find(type);
    return known == null || known.fields() == null ? Set.of() : known.fields().keySet();
  }

  private static Rule rule(Object tree) {
    Map<?, ?> rule = (Map<?, ?>) tree;
    return new Rule(
        rule.get("name") == null ? null : rule.get("name").toString(),
        list(rule.get("expressions")).stream().map(String.class::cast).toList(),
        list(rule.get("actions")).stream().map(RawPolicy::action).toList());
  }

  private static Action action(Object tree) {
    Map<?, ?> action = (Map<?, ?>) tree;
    String type = (String) action.get("type");
    Place unheard = root(EndpointKind.HTTPS, Set.of(), new ArrayList<>(), new ArrayList<>());
    return new Action(type, Spelling.sent(type, (Map<?, ?>) action.get("config"), unheard));
  }

  private static Place root(
      EndpointKind kind, Set<Grant> grants, List<Finding> errors, List<Finding> warnings) {
    return new Place("", kind, null, false, new SecretReferences(grants), errors, warnings);
  }

  private static List<?> list(Object tree) {
    return tree == null ? List.of() : (List<?>) tree;
  }
}
