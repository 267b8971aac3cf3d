package dev.clinicnet.simulator.traffic;

import java.io.IOException;

/** The effects of the rules on a request. The edge carries them out. */
public interface RequestEffects {

  /**
   * Sends the request to an internal endpoint.
   *
   * @throws Unreachable if it does not answer, so that the policy may go on
   */
  HTTPResponse forward(String url, HTTPRequest request) throws Unreachable, IOException;

  /**
   * Sends the request to the agent's upstream, because no rule has ended it.
   *
   * @throws Unreachable if there is no upstream, or if it does not answer
   */
  HTTPResponse pass(HTTPRequest request) throws Unreachable, IOException;

  /** Receives the decision before it is carried out. */
  void decided(Decision decision);
}
