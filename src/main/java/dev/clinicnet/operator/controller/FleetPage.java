package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.fleetpage.AccountFigures;
import dev.clinicnet.operator.fleetpage.Fleet;
import dev.clinicnet.operator.fleetpage.FleetPageOptions;
import dev.clinicnet.operator.fleetpage.FleetPageServer;
import dev.clinicnet.operator.fleetpage.FleetSource;
import dev.clinicnet.operator.fleetpage.ReviewFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The fleet page of a running operator. It reads the caches of the operator's controllers. */
final class FleetPage implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(FleetPage.class);

  /** A person waits for the page. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final KubernetesClient client;
  private final FleetPageServer server;

  /**
   * Serves the page.
   *
   * @param cluster the configuration of the cluster is taken from it
   * @param accounts all ngrok accounts
   * @param limit how many requests to ngrok a minute may have
   * @param ready whether the operator's caches are filled
   * @param leads whether this process does the work
   * @param leader the identity of the process that leads; empty while it is not known
   * @throws StartFailure when the port is taken
   */
  FleetPage(
      FleetPageOptions options,
      KubernetesClient cluster,
      WatchedObjects objects,
      Accounts accounts,
      int limit,
      BooleanSupplier ready,
      BooleanSupplier leads,
      Supplier<Optional<String>> leader,
      Clock clock) {
    client = KubernetesAccess.punctualClient(cluster.getConfiguration(), PATIENCE);
    FleetSource source =
        new FleetSource(
            () -> fleet(objects, ready),
            leads,
            leader,
            () -> figures(accounts),
            limit,
            new KubernetesEvents(client),
            options.runbooks());
    try {
      server =
          new FleetPageServer(
              options, source, new KubernetesReviews(client), clock, System::nanoTime);
    } catch (IOException e) {
      client.close();
      throw new StartFailure(
          ExitReason.PORT_TAKEN,
          "--fleet-page-port "
              + options.port()
              + " cannot be served ("
              + RootCause.of(e)
              + "): choose another port (fleetPage.port in the chart's values)");
    }
    LOGGER.info("the fleet page is on port {}", server.port());
  }

  /** The port of the page. */
  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
    client.close();
  }

  private static List<AccountFigures> figures(Accounts accounts) {
    return accounts.all().stream()
        .map(RunningAccount::figures)
        .sorted(
            Comparator.comparing((AccountFigures its) -> !its.name().equals(NgrokAccount.DEFAULT))
                .thenComparing(AccountFigures::name))
        .toList();
  }

  /** A cache that is not filled yet, or is emptied while the operator stops, says nothing. */
  private static Fleet fleet(WatchedObjects objects, BooleanSupplier ready) {
    if (ready.getAsBoolean()) {
      Fleet fleet =
          new Fleet(
              objects.all(Clinic.class),
              objects.all(ClinicService.class),
              objects.all(ClinicSession.class));
      if (ready.getAsBoolean()) {
        return fleet;
      }
    }
    throw new ReviewFailure("the operator's caches are not filled");
  }
}
