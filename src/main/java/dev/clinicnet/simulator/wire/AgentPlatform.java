package dev.clinicnet.simulator.wire;

/**
 * The decisions on the requests of agents. Each method may be called by many threads and may block,
 * because each request has its own thread.
 */
public interface AgentPlatform {

  /**
   * Opens a session, or continues the one of the cookie.
   *
   * @param link the connection, which the platform keeps to reach the agent
   */
  OpenedSession open(AgentLink link, Auth request) throws Refused;

  /** Brings an endpoint online. */
  BoundEndpoint bind(AgentLink link, Bind request) throws Refused;

  /** Takes an endpoint offline. */
  void unbind(AgentLink link, String bindId) throws Refused;

  /** Changes an endpoint while it is online. */
  void patch(AgentLink link, PatchTunnel request) throws Refused;

  /** Whether a heartbeat of the agent is answered. */
  boolean heartbeat(AgentLink link);

  /**
   * A connection with a session has ended.
   *
   * @param crashed whether it ended without a word of the agent or of the platform
   */
  void ended(AgentLink link, boolean crashed);
}
