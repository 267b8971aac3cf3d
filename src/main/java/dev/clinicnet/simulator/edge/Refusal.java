package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.HTTPResponse;

/** A request that the edge itself answers before any rule runs. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient HTTPResponse response;

  Refusal(HTTPResponse response) {
    super("answered " + response.status());
    this.response = response;
  }

  HTTPResponse response() {
    return response;
  }
}
