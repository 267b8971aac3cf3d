package dev.clinicnet.operator.simulator.traffic;

import java.io.IOException;

/**
 * Runs the policies of endpoints. It holds what outlives a request: how often each key was seen
 * within a rate's window. Policies are those that the platform has accepted. Safe for many threads.
 *
 * <p>A policy's config or expression that cannot be evaluated is answered with an error that names
 * it (2253), since what the platform does then is not documented.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class TrafficPolicies {

  /** Runs on an account. */
  public TrafficPolicies(TrafficAccount account) {}

  /**
   * Runs the rules on connect.
   *
   * @throws IOException if the handshake failed or the connection broke
   * @throws Unmodelled if a rule that applies needs what is not modelled
   */
  public Connected connect(Endpoint endpoint, ClientConnection connection, ConnectEffects effects)
      throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * Runs the rules on a request, and those on its response.
   *
   * @param connected what {@link #connect} has returned, for the facts of TLS and variables; for an
   *     internal endpoint that of the public one through which the request came
   * @throws IOException if the way to the upstream broke
   * @throws Unmodelled if a rule that applies needs what is not modelled
   */
  public HTTPResponse request(
      Endpoint endpoint,
      ClientConnection connection,
      Connected connected,
      HTTPRequest request,
      RequestEffects effects)
      throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Forgets what was counted. */
  public void reset() {}
}
