package dev.clinicnet.operator.fleetpage;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What the pages show.
 *
 * @param fleet reads the operator's caches; sends no request; fails with {@link ReviewFailure}
 *     while they are not filled
 * @param leads whether this process does the work
 * @param leader the identity of the process that leads, which begins with the name of its pod;
 *     empty while it is not known
 * @param history the requests to ngrok
 * @param used how much of the present window of requests is used
 * @param limit how many requests a minute may have
 * @param events reads Events from Kubernetes
 * @param runbooks where the runbooks of the alerts are
 */
public record FleetSource(
    Supplier<Fleet> fleet,
    BooleanSupplier leads,
    Supplier<Optional<String>> leader,
    BudgetHistory history,
    IntSupplier used,
    int limit,
    Events events,
    Runbooks runbooks) {}
