package dev.clinicnet.operator.simulator.traffic;

import java.util.Map;

/** The actions that are modelled. */
final class Actions {
  private final Map<String, Action> byType =
      Map.ofEntries(
          Map.entry("deny", new Deny()),
          Map.entry("close-connection", new CloseConnection()),
          Map.entry("custom-response", new CustomResponse()),
          Map.entry("restrict-ips", new RestrictIps()),
          Map.entry("forward-internal", new ForwardInternal()),
          Map.entry("terminate-tls", new TerminateTLS()),
          Map.entry("log", new Log()),
          Map.entry("set-vars", new SetVars()));

  /**
   * The action of a type.
   *
   * @throws Unmodelled if it is not modelled
   */
  Action of(String type, String rule) {
    Action action = byType.get(type);
    if (action == null) {
      throw new Unmodelled("the action \"" + type + "\" of the rule \"" + rule + "\"");
    }
    return action;
  }
}
