package dev.clinicnet.operator.policy.raw;

import java.util.List;

/**
 * A rule whose structure is right.
 *
 * @param always whether it runs for everybody
 */
record CheckedRule(boolean always, List<CheckedAction> actions, Place place) {}
