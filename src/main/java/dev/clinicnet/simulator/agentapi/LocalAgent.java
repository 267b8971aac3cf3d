package dev.clinicnet.simulator.agentapi;

import java.util.List;

/** The operations of an agent for its API. The callers call it one at a time. */
public interface LocalAgent {

  /** The version of the agent. */
  AgentVersion version();

  /** The Host headers that its API answers. */
  AllowedHosts hosts();

  /** Whether it keeps requests and shows them ({@code inspect_db_size}). */
  boolean keepsRequests();

  /** Its endpoints that are online, in the order in which they were started. */
  List<RunningEndpoint> running();

  /**
   * Brings an endpoint online.
   *
   * @throws IllegalArgumentException if its definition is malformed
   */
  RunningEndpoint start(WantedEndpoint wanted) throws EndpointRefused;

  /**
   * Replaces an endpoint. After a refusal, the old one is still online.
   *
   * @throws IllegalArgumentException if its definition is malformed
   */
  RunningEndpoint replace(RunningEndpoint other, WantedEndpoint wanted) throws EndpointRefused;

  /** Takes an endpoint offline at once. Connections through it stay. */
  void stop(RunningEndpoint endpoint);
}
