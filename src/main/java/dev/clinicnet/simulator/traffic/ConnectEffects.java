package dev.clinicnet.simulator.traffic;

import java.io.IOException;

/** The effects of the rules on connect. The edge carries them out. */
public interface ConnectEffects {

  /**
   * Makes the handshake with the client now, in the order of the rules.
   *
   * @throws IOException if it fails, for example because the client shows no trusted certificate
   */
  TLSFacts terminateTLS(TLSSettings settings) throws IOException;

  /**
   * Forwards the connection to an internal endpoint. Returns when one side has closed it.
   *
   * @throws Unreachable before any byte was sent, so that the policy may go on
   */
  void forward(String url) throws Unreachable, IOException;

  /** Receives the decision before it is carried out. */
  void decided(Decision decision);
}
