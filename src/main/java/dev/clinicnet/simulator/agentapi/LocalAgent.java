package dev.clinicnet.simulator.agentapi;

import java.util.List;

/** What the API of an agent can do with it. Its callers see to it that one does so at a time. */
public interface LocalAgent {

  /** What it is. */
  AgentVersion version();

  /** Which Host headers its API answers. */
  AllowedHosts hosts();

  /** Whether it keeps requests to show them ({@code inspect_db_size}). */
  boolean keepsRequests();

  /** Its endpoints that are online, in the order in which they were started. */
  List<RunningEndpoint> running();

  /**
   * Brings one online.
   *
   * @throws IllegalArgumentException if its definition is malformed
   */
  RunningEndpoint start(WantedEndpoint wanted) throws EndpointRefused;

  /**
   * Puts one in another's place. A refusal leaves the other online.
   *
   * @throws IllegalArgumentException if its definition is malformed
   */
  RunningEndpoint replace(RunningEndpoint other, WantedEndpoint wanted) throws EndpointRefused;

  /** Takes one offline, at once; connections through it stay. */
  void stop(RunningEndpoint endpoint);
}
