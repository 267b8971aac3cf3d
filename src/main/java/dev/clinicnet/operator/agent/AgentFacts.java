package dev.clinicnet.operator.agent;

/**
 * How the agents of one Clinic stand, in numbers.
 *
 * @param agents how many are connected with its tokens
 * @param siteKitCurrent whether the site runs the present site kit
 * @param unexpectedEndpoints how many endpoints are bound that no manifest asks for
 * @param quarantined whether the site is cut off
 */
public record AgentFacts(
    int agents, boolean siteKitCurrent, int unexpectedEndpoints, boolean quarantined) {}
