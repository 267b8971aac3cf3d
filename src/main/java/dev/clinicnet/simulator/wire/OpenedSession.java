package dev.clinicnet.simulator.wire;

/**
 * What identifies a session of an agent.
 *
 * @param sessionId the id in the platform's API
 * @param cookie a secret with which the same agent can continue the session
 */
public record OpenedSession(String clientId, String sessionId, String cookie) {

  /** The cookie is left out. */
  @Override
  public String toString() {
    return "OpenedSession[" + sessionId + "]";
  }
}
