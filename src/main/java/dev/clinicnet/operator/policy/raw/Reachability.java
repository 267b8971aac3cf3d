package dev.clinicnet.operator.policy.raw;

import dev.clinicnet.operator.policy.Phase;
import java.util.List;

/** Finds what never runs: ngrok refuses an action after one that always ends the policy (2207). */
final class Reachability {

  private Reachability() {}

  /** The rules of one phase. */
  static void check(List<CheckedRule> rules) {
    CheckedAction end = null;
    for (CheckedRule rule : rules) {
      if (end != null) {
        rule.place()
            .error(
                "never runs, because %s ends every %s before it: move it up, or give that rule an expression"
                    .formatted(end.place().path(), subject(rule.place())));
        return;
      }
      CheckedAction last = lastOf(rule);
      if (rule.always() && last != null) {
        end = last.terminates() ? last : null;
        if (rule.place().phase() != Phase.ON_HTTP_RESPONSE) {
          last.place()
              .error(
                  "%s turns every %s away, so nobody reaches the service: give the rule an expression"
                      .formatted(last.type().name(), subject(rule.place())));
        }
      }
    }
  }

  /** The action that ends the rule, after a word on those behind it; null when none does. */
  private static CheckedAction lastOf(CheckedRule rule) {
    CheckedAction away = null;
    for (CheckedAction action : rule.actions()) {
      if (away != null && away.terminates()) {
        action
            .place()
            .error(
                "never runs, because %s before it ends the policy: move it up or take it out"
                    .formatted(away.type().name()));
        return away;
      }
      if (action.turnsAway()) {
        away = action;
      }
    }
    return away;
  }

  private static String subject(Place place) {
    return switch (place.phase()) {
      case ON_TCP_CONNECT -> "connection";
      case ON_HTTP_REQUEST -> "request";
      case ON_HTTP_RESPONSE -> "response";
    };
  }
}
