package dev.clinicnet.operator.policy.raw;

import dev.clinicnet.operator.policy.Phase;
import dev.clinicnet.operator.suggestion.NearestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the phases of raw rules, and everything that concerns several rules. */
final class PhaseCheck {

  /** The place of the first login action; null before there is one. */
  private String login;

  PhaseCheck(boolean accessHasLogin) {
    this.login = accessHasLogin ? "access" : null;
  }

  void check(Map<String, Object> tree, Place root) {
    tree.forEach(
        (name, rules) -> {
          Place place = root.field(name);
          Optional<Phase> phase = phase(name, place);
          if (phase.isPresent()) {
            rules(rules, place.in(phase.get()));
          }
        });
  }

  private static Optional<Phase> phase(String name, Place place) {
    Optional<Phase> phase =
        Arrays.stream(Phase.values()).filter(known -> known.key().equals(name)).findFirst();
    if (phase.isPresent() && !place.kind().phases().contains(phase.get())) {
      place.error(
          "%s has no such phase: its rules go into on_tcp_connect".formatted(place.kind().words()));
      return Optional.empty();
    }
    if (phase.isEmpty()) {
      place.error(unknown(name, place.kind()));
    }
    return phase;
  }

  private static String unknown(String name, EndpointKind kind) {
    List<String> names = kind.phases().stream().map(Phase::key).toList();
    return "is not a phase: write one of "
        + String.join(", ", names)
        + NearestName.hint(name, names);
  }

  private void rules(Object tree, Place place) {
    if (!(tree instanceof List<?> rules)) {
      place.error(Mismatch.of(tree, "a list") + ": write one rule an entry, each after \"- \"");
      return;
    }
    List<CheckedRule> checked = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      RuleCheck.check(rules.get(i), place.item(i)).ifPresent(checked::add);
    }
    Reachability.check(checked);
    for (CheckedRule rule : checked) {
      rule.actions().forEach(this::login);
    }
  }

  private void login(CheckedAction action) {
    if (action.type() == null || !action.type().login()) {
      return;
    }
    if (login == null) {
      login = action.place().path();
      return;
    }
    action
        .place()
        .warn(
            "%s: %s has an authentication already, and ngrok may take only one for an endpoint"
                .formatted(action.name(), login));
  }
}
