package dev.clinicnet.operator.agent;

/**
 * How the agents of one Clinic stand, in numbers.
 *
 * @param seen whether the other numbers are known: they are not while the account cannot be listed
 * @param agents how many are connected with its tokens
 * @param siteKitCurrent whether the site runs the present site kit
 * @param unexpectedEndpoints how many endpoints are bound that no manifest asks for
 * @param quarantined whether the site is cut off, which its manifest says
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
