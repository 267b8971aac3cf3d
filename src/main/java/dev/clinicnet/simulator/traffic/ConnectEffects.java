package dev.clinicnet.simulator.traffic;

import java.io.IOException;

/** What the rules on connect can bring about. The edge carries it out. */
public interface ConnectEffects {

  /**
   * Shakes hands with the client now, in the order of the rules.
   *
   * @throws IOException if it fails, as when the client shows no certificate that is trusted
   */
  TLSFacts terminateTLS(TLSSettings settings) throws IOException;

  /**
   * Hands the connection to an internal endpoint and returns when either side has closed it.
   *
   * @throws Unreachable before anything was sent, so that the policy may go on
   */
  void forward(String url) throws Unreachable, IOException;

  /** Learns what decided, before that is carried out. */
  void decided(Decision decision);
}
