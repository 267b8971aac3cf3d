package dev.clinicnet.simulator.traffic;

/**
 * The rule and action that ended a connection or request in one policy.
 *
 * @param endpoint the URL of the endpoint whose policy it is
 * @param rule the rule's name, or its phase and number ({@code on_http_request[2]}); empty if the
 *     policy ran to its end or cannot be read
 * @param action the action's type; empty with the rule
 * @param note a detail for a reader, for example why a token was refused; never a secret
 */
public record Decision(String endpoint, String rule, String action, String note) {}
