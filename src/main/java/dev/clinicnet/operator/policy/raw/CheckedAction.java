package dev.clinicnet.operator.policy.raw;

import java.util.Map;

/**
 * An action whose structure is right.
 *
 * @param name its type
 * @param type null when it is not known
 */
record CheckedAction(String name, ActionType type, Map<?, ?> config, Place place) {

  /** Whether it leads to the service. */
  boolean forwards() {
    return name.equals(OwnForward.TYPE);
  }

  boolean terminates() {
    return type != null && type.ends();
  }

  /**
   * Whether no request for which it runs goes on to the service. A redirect without {@code from}
   * matches every URL; ngrok does not count it as an end (documented), but it is one.
   */
  boolean turnsAway() {
    return terminates()
        || (name.equals("redirect") && !config.containsKey("from"))
        || name.equals("ai-gateway");
  }
}
