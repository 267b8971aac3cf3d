package dev.clinicnet.simulator.traffic;

import java.util.Map;
import java.util.Optional;

/**
 * The state of a connection after the rules on connect.
 *
 * @param fate whether it goes on
 * @param tls the facts of the handshake, if a rule asked for one; otherwise the edge makes the
 *     handshake before it reads requests
 * @param variables the results of the actions, for the rules on its requests
 */
public record Connected(Fate fate, Optional<TLSFacts> tls, Map<String, Object> variables) {

  /** Whether a connection goes on. */
  public enum Fate {
    /** No rule has ended the connection. */
    GOES_ON,
    /** A rule has forwarded the connection, and it has ended. */
    FORWARDED,
    /** A rule refuses the connection, which must be closed without a response. */
    REFUSED
  }
}
