package dev.clinicnet.simulator.traffic;

/** The phases of a connection or request in which rules run (documented). */
enum Phase {
  CONNECT("on_tcp_connect"),
  REQUEST("on_http_request"),
  RESPONSE("on_http_response");

  private final String key;

  Phase(String key) {
    this.key = key;
  }

  /** Its name within a policy. */
  String key() {
    return key;
  }
}
