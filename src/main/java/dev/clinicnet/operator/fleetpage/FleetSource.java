package dev.clinicnet.operator.fleetpage;

import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What the pages show.
 *
 * @param fleet reads the operator's caches; sends no request; fails with {@link ReviewFailure}
 *     while they are not filled
 * @param leads whether this process does the work
 * @param history the requests to ngrok
 * @param used how much of the present window of requests is used
 * @param limit how many requests a minute may have
 * @param events reads Events from Kubernetes
 */
public record FleetSource(
    Supplier<Fleet> fleet,
    BooleanSupplier leads,
    BudgetHistory history,
    IntSupplier used,
    int limit,
    Events events) {}
