package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/**
 * What the account itself is like.
 *
 * @param hipaa whether it is in HIPAA mode, which allows no http endpoint and no full capture
 * @param suspended whether it is suspended; the simulator goes on anyway
 * @param fullCapture whether the inspector of the platform keeps whole requests
 * @param self whether {@code GET /self} answers
 */
record AccountState(boolean hipaa, boolean suspended, boolean fullCapture, boolean self) {
  private static final Set<String> NAMES =
      Set.of("hipaa", "suspended", "traffic_full_capture", "self");

  /** A usual account. */
  static AccountState beginning(boolean hipaa) {
    return new AccountState(hipaa, false, false, true);
  }

  /** The same with the members of a body. */
  AccountState with(ObjectNode body) {
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      if (!NAMES.contains(member.getKey()) || !member.getValue().isBoolean()) {
        throw new IllegalArgumentException(
            "'" + member.getKey() + "' must be true or false for one of " + NAMES);
      }
    }
    AccountState state =
        new AccountState(
            body.path("hipaa").asBoolean(hipaa),
            body.path("suspended").asBoolean(suspended),
            body.path("traffic_full_capture").asBoolean(fullCapture),
            body.path("self").asBoolean(self));
    if (state.hipaa && state.fullCapture) {
      throw new IllegalArgumentException("full capture is always off in HIPAA mode");
    }
    return state;
  }

  /** Refuses an http endpoint in HIPAA mode. */
  void requireAllowed(EndpointUrl url, SimulatorError error) {
    if (hipaa && url.scheme().equals("http")) {
      throw error.with();
    }
  }
}
