package dev.clinicnet.operator.fleetpage;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the pages show.
 *
 * @param fleet reads the operator's caches; sends no request; fails with {@link ReviewFailure}
 *     while they are not filled
 * @param leads whether this process does the work
 * @param leader the identity of the process that leads, which begins with the name of its pod;
 *     empty while it is not known
 * @param accounts what is known about each ngrok account, {@code default} first
 * @param limit how many requests a minute an account may have
 * @param events reads Events from Kubernetes
 * @param runbooks where the runbooks of the alerts are
 */
public record FleetSource(
    Supplier<Fleet> fleet,
    BooleanSupplier leads,
    Supplier<Optional<String>> leader,
    Supplier<List<AccountFigures>> accounts,
    int limit,
    Events events,
    Runbooks runbooks) {}
