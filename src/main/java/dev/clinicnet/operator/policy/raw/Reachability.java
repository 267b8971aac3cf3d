package dev.clinicnet.operator.policy.raw;

import dev.clinicnet.operator.policy.Phase;
import java.util.List;

/**
 * Finds rules and actions that never run, and rules that let no client through. ngrok refuses an
 * action after one that always ends the policy (2207).
 */
final class Reachability {

  private Reachability() {}

  /** Checks the rules of one phase. */
  static void check(List<CheckedRule> rules) {
    CheckedAction end = null;
    boolean forwarded = false;
    for (CheckedRule rule : rules) {
      if (end != null) {
        rule.place()
            .warn(
                "never runs, because %s ends every %s before it: move it up, or give that rule an expression"
                    .formatted(end.place().path(), subject(rule.place())));
        return;
      }
      CheckedAction last = lastOf(rule);
      forwarded = forwarded || rule.actions().stream().anyMatch(CheckedAction::forwards);
      if (last == null || !rule.always()) {
        continue;
      }
      boolean refused = last.terminates() && rule.unconditional();
      end = refused ? last : null;
      if (isOnTheWayIn(rule.place().phase()) && !forwarded) {
        String message =
            "%s turns every %s away, so nobody reaches the service: give the rule an expression"
                .formatted(last.name(), subject(rule.place()));
        // The forward follows, and ngrok refuses it after an end that has no expression.
        last.place()
            .warn(
                refused
                    ? message + ", or expressions: [\"true\"] if that is what you want"
                    : message);
      }
    }
  }

  /**
   * The action that ends the rule; null when no action does. The actions after it get a warning.
   */
  private static CheckedAction lastOf(CheckedRule rule) {
    CheckedAction away = null;
    for (CheckedAction action : rule.actions()) {
      if (away != null && away.terminates()) {
        action
            .place()
            .warn(
                "never runs, because %s before it ends the policy: move it up or take it out"
                    .formatted(away.name()));
        return away;
      }
      if (action.turnsAway()) {
        away = action;
      }
    }
    return away;
  }

  private static boolean isOnTheWayIn(Phase phase) {
    return phase == Phase.ON_TCP_CONNECT || phase == Phase.ON_HTTP_REQUEST;
  }

  private static String subject(Place place) {
    return switch (place.phase()) {
      case ON_TCP_CONNECT -> "connection";
      case ON_HTTP_REQUEST -> "request";
      case ON_HTTP_RESPONSE -> "response";
      case ON_EVENT_STREAM_MESSAGE -> "message";
    };
  }
}
