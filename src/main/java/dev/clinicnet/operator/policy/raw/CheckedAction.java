package dev.clinicnet.operator.policy.raw;

import java.util.Map;

/**
 * An action whose structure is right.
 *
 * @param type null when it is not known
 */
record CheckedAction(ActionType type, Map<?, ?> config, Place place) {

  boolean terminates() {
    return type != null && type.terminates();
  }

  /**
   * Whether nobody for whom it runs gets on to the service. A redirect without {@code from} matches
   * every URL; ngrok does not count it as an end (documented), but it is one.
   */
  boolean turnsAway() {
    return terminates()
        || (type != null && type.name().equals("redirect") && !config.containsKey("from"))
        || (type != null && type.name().equals("ai-gateway"));
  }
}
