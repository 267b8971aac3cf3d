package dev.clinicnet.operator.policy.raw;

import dev.clinicnet.operator.policy.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The forward in raw rules. It says where the service's own forward stands, and never where it
 * leads: the operator writes the URL, so that no rule reaches another clinic.
 */
final class OwnForward {
  static final String TYPE = "forward-internal";

  private static final String ON_ERROR = "on_error";

  private static final ActionType ACTION =
      new ActionType(
          List.of(Phase.ON_TCP_CONNECT.key(), Phase.ON_HTTP_REQUEST.key()),
          null,
          true,
          false,
          null,
          null,
          Map.of());

  private OwnForward() {}

  /** Checks its config; empty when it may not stand there. */
  static Optional<CheckedAction> check(Map<?, ?> config, Place place) {
    Place there = place.field("config");
    Map<?, ?> given = config == null ? Map.of() : config;
    Phase wanted =
        place.kind() == EndpointKind.HTTPS ? Phase.ON_HTTP_REQUEST : Phase.ON_TCP_CONNECT;
    if (given.containsKey("url")) {
      there
          .field("url")
          .error(
              "a raw rule could reach another clinic with it: take url out, and forward-internal"
                  + " leads to the service's own internal endpoint; or take the action out, since"
                  + " the service's own forward follows the rules");
      return Optional.empty();
    }
    if (place.phase() != wanted) {
      place
          .field("type")
          .error(
              "%s leads to the service in %s only: move it there, or take it out"
                  .formatted(TYPE, wanted.key()));
      return Optional.empty();
    }
    for (Object key : given.keySet()) {
      if (!key.equals(ON_ERROR) || !"halt".equals(given.get(key))) {
        there
            .field(String.valueOf(key))
            .error("forward-internal of raw rules has no setting but on_error: halt; take it out");
        return Optional.empty();
      }
    }
    return Optional.of(new CheckedAction(TYPE, ACTION, given, place));
  }
}
