package dev.clinicnet.operator.fleetpage;

import java.time.Duration;
import java.util.Optional;

/**
 * What this process knows about an ngrok account now.
 *
 * @param name the name of its NgrokAccount
 * @param history its requests
 * @param used how much of the present window of requests is used
 * @param agents the age of what is known about agents; empty if they were never listed
 * @param everything the age of what is known about everything else; empty if it was never listed
 */
public record AccountFigures(
    String name,
    BudgetHistory history,
    int used,
    Optional<Duration> agents,
    Optional<Duration> everything) {}
