package dev.clinicnet.operator.policy;

import java.util.List;

/** Evaluates a policy for a request, and checks whether ngrok accepts its structure. */
final class PolicyProbe {

  private PolicyProbe() {}

  /** The type of the action that ends the request; {@code upstream} when none does. */
  static String outcome(TrafficPolicy policy, String path, String rawPath) {
    for (Rule rule : policy.rules(Phase.ON_HTTP_REQUEST)) {
      if (rule.expressions().stream().allMatch(e -> CelProbe.holds(e, path, rawPath))) {
        for (Action action : rule.actions()) {
          if (action.terminates()) {
            return action.type();
          }
        }
      }
    }
    return "upstream";
  }

  /**
   * Why ngrok would refuse the policy of a cloud endpoint: no action ends it (2235), or an action
   * comes after the end (2207). Empty when it is accepted.
   */
  static String structuralFault(TrafficPolicy policy) {
    boolean ended = false;
    for (Phase phase : List.of(Phase.ON_TCP_CONNECT, Phase.ON_HTTP_REQUEST)) {
      for (Rule rule : policy.rules(phase)) {
        if (ended) {
          return "2207: unreachable rule " + rule.name();
        }
        boolean ruleEnded = false;
        for (Action action : rule.actions()) {
          if (ruleEnded) {
            return "2207: unreachable action in rule " + rule.name();
          }
          ruleEnded = action.terminates();
        }
        ended = ruleEnded && rule.expressions().isEmpty();
      }
    }
    return ended ? "" : "2235: not guaranteed to end";
  }
}
