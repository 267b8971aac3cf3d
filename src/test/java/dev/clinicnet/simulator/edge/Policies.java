package dev.clinicnet.simulator.edge;

/** Texts of policies. */
final class Policies {
  private Policies() {}

  static String forwardRequests(String url) {
    return rule("on_http_request", "forward-internal", "url: \"" + url + "\"");
  }

  static String forwardConnections(String url) {
    return rule("on_tcp_connect", "forward-internal", "url: \"" + url + "\"");
  }

  /** One rule with one action, whose config is lines of YAML. */
  static String rule(String phase, String action, String config) {
    return phase + ":\n" + actions(action, config);
  }

  /** Another rule of the same phase. */
  static String actions(String action, String config) {
    return "  - actions:\n      - type: %s\n        config:\n%s\n"
        .formatted(action, config.indent(10).stripTrailing());
  }
}
