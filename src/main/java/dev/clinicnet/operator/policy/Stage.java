package dev.clinicnet.operator.policy;

/**
 * The order in which a policy treats a connection. It is the order of these constants and of
 * nothing else: not of the fields in a manifest, not of the calls to the builder.
 */
public enum Stage {
  /** Client addresses: first, since it costs least and depends on nothing. */
  ADDRESS_RESTRICTION(Phase.ON_TCP_CONNECT),
  /** TLS settings and client certificates. */
  TLS(Phase.ON_TCP_CONNECT),
  /** Before anything that a flood of requests could wear out. */
  RATE_LIMIT(Phase.ON_HTTP_REQUEST),
  /** Before authentication: nobody is asked to log in for a path that is closed anyway. */
  PATH_DENIAL(Phase.ON_HTTP_REQUEST),
  /** Who is it? */
  AUTHENTICATION(Phase.ON_HTTP_REQUEST),
  /** May they? Reads what authentication found out. */
  AUTHORISATION(Phase.ON_HTTP_REQUEST),
  /** Rules written by hand: they cannot run ahead of any check. */
  RAW_RULES(Phase.ON_HTTP_REQUEST),
  /** To the internal endpoint. */
  FORWARD(Phase.ON_HTTP_REQUEST),
  /** What nothing has answered. */
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
