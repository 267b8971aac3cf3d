package dev.clinicnet.operator.policy;

/**
 * The order in which a policy treats a connection. It is the order of these constants. The order of
 * fields in a manifest and of calls to the builder does not matter.
 */
public enum Stage {
  /**
   * Client addresses. They come first, because this check is the cheapest and depends on nothing.
   */
  ADDRESS_RESTRICTION(Phase.ON_TCP_CONNECT),
  /** TLS settings and client certificates. */
  TLS(Phase.ON_TCP_CONNECT),
  /** The rate of requests. It comes before everything that a flood of requests could overload. */
  RATE_LIMIT(Phase.ON_HTTP_REQUEST),
  /** Paths. They come before authentication, so that no client logs in for a closed path. */
  PATH_DENIAL(Phase.ON_HTTP_REQUEST),
  /** The login of the client. */
  AUTHENTICATION(Phase.ON_HTTP_REQUEST),
  /** What the user may do. It reads what authentication found out. */
  AUTHORISATION(Phase.ON_HTTP_REQUEST),
  /** Rules written by hand. They run after every check. */
  RAW_RULES(Phase.ON_HTTP_REQUEST),
  /** The forward to the internal endpoint. */
  FORWARD(Phase.ON_HTTP_REQUEST),
  /** The answer to what no other rule has answered. */
  FINAL_DENIAL(Phase.ON_HTTP_REQUEST);

  private final Phase https;

  Stage(Phase https) {
    this.https = https;
  }

  /** The phase on an https endpoint. A tcp endpoint has one phase for everything. */
  Phase onHttps() {
    return https;
  }
}
