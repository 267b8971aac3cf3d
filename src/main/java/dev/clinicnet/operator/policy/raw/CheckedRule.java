package dev.clinicnet.operator.policy.raw;

import java.util.List;

/**
 * A rule whose structure is right.
 *
 * @param always whether it runs for every client
 * @param unconditional whether it has no expression at all, and so runs for every client
 */
record CheckedRule(
    boolean always, boolean unconditional, List<CheckedAction> actions, Place place) {}
