package dev.clinicnet.operator.policy;

import java.util.List;
import java.util.Map;

/**
 * The policy of an endpoint that denies every client. The endpoint keeps its URL and its address.
 */
public final class DenyAll {
  private static final String NAME = "quarantine: deny everything";
  private static final int FORBIDDEN = 403;

  private DenyAll() {}

  /** The policy for an endpoint at this URL: requests are answered with 403, connections closed. */
  public static TrafficPolicy at(String url) {
    return url.startsWith("http")
        ? policy(Phase.ON_HTTP_REQUEST, new Action("deny", Map.of("status_code", FORBIDDEN)))
        : policy(Phase.ON_TCP_CONNECT, new Action("deny", Map.of()));
  }

  private static TrafficPolicy policy(Phase phase, Action denial) {
    return new TrafficPolicy(Map.of(phase, List.of(Rule.always(NAME, denial))));
  }
}
