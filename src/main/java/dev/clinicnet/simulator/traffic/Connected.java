package dev.clinicnet.simulator.traffic;

import java.util.Map;
import java.util.Optional;

/**
 * What became of a connection after the rules on connect.
 *
 * @param fate whether it goes on
 * @param tls what the handshake has shown, where a rule asked for one; otherwise the edge shakes
 *     hands itself before it reads requests
 * @param variables what the actions have found out, for the rules on its requests
 */
public record Connected(Fate fate, Optional<TLSFacts> tls, Map<String, Object> variables) {

  /** Whether a connection goes on. */
  public enum Fate {
    /** No rule has ended it. */
    GOES_ON,
    /** A rule has forwarded it, and it is over. */
    FORWARDED,
    /** A rule refuses it: it is to be closed without a word. */
    REFUSED
  }
}
