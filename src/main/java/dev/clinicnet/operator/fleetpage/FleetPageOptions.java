package dev.clinicnet.operator.fleetpage;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * How the fleet page is served. There is no way to serve it to everybody.
 *
 * @param port 0 for any free port
 * @param proxySecret the secret of a proxy that logs viewers in, which is empty while it cannot be
 *     read; without a supplier, viewers log in with a token of Kubernetes
 * @param runbooks where the runbooks of the alerts are
 */
public record FleetPageOptions(
    int port, Optional<Supplier<Optional<String>>> proxySecret, Runbooks runbooks) {}
