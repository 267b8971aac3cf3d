package dev.clinicnet.simulator.edge;

import org.apache.hc.core5.http.config.Http1Config;

/** The limits of a message's head: 1 MB (endpoints/http, limits and timeouts). */
final class HTTPLimits {
  /** Bytes of the request line and all header fields together. */
  static final int HEAD = 1 << 20;

  /** Milliseconds without a byte, 5 minutes, after which the platform gives up. */
  static final int IDLE = 300_000;

  /** Header fields; the platform documents no number. */
  static final int FIELDS = 1000;

  private HTTPLimits() {}

  static Http1Config config() {
    return Http1Config.custom().setMaxLineLength(HEAD).setMaxHeaderCount(FIELDS).build();
  }
}
