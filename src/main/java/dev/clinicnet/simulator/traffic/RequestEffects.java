package dev.clinicnet.simulator.traffic;

import java.io.IOException;

/** What the rules on a request can bring about. The edge carries it out. */
public interface RequestEffects {

  /**
   * Sends the request to an internal endpoint.
   *
   * @throws Unreachable if nothing answers there, so that the policy may go on
   */
  HTTPResponse forward(String url, HTTPRequest request) throws Unreachable, IOException;

  /**
   * Sends the request where it goes when no rule has ended it: to the agent's upstream.
   *
   * @throws Unreachable if there is no such place, or nothing answers there
   */
  HTTPResponse pass(HTTPRequest request) throws Unreachable, IOException;

  /** Learns what decided, before that is carried out. */
  void decided(Decision decision);
}
