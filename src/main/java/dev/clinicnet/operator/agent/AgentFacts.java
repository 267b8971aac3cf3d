package dev.clinicnet.operator.agent;

/**
 * The state of the agents of one Clinic, in numbers.
 *
 * @param seen whether the other numbers are known; they are unknown while the account cannot be
 *     listed
 * @param agents the number of agents that are connected with its tokens
 * @param siteKitCurrent whether the site runs the present site kit
 * @param unexpectedEndpoints the number of bound endpoints that no manifest asks for
 * @param quarantined whether the manifest cuts the site off
 */
public record AgentFacts(
    boolean seen,
    int agents,
    boolean siteKitCurrent,
    int unexpectedEndpoints,
    boolean quarantined) {

  /** Nothing is known of its agents. */
  public static AgentFacts unseen(boolean quarantined) {
    return new AgentFacts(false, 0, false, 0, quarantined);
  }
}
