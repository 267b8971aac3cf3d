package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.account.WaveOptions;
import dev.clinicnet.operator.config.Durations;
import dev.clinicnet.operator.config.EdgeAddress;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.fleetpage.FleetPageOptions;
import dev.clinicnet.operator.ngrok.BudgetOptions;
import dev.clinicnet.operator.ngrok.NgrokClientOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * All options of one operator process.
 *
 * @param namespaces the namespaces to watch; empty: all
 * @param driftInterval the interval in which everything is listed
 * @param agentInterval the interval in which agent sessions and endpoints are listed
 * @param waves how a change goes out that reaches many Clinics
 * @param httpPort the port for metrics and health; 0: any free port
 * @param sessionRetention the time for which the record of a session is kept after its end
 * @param lease the Lease for leader election; empty: this process is alone
 * @param dnsEndpoints whether DNS records are published as DNSEndpoints
 * @param grants whether namespaces hold only what NgrokAccounts grant them, if there is any grant
 * @param secretsNamespace the namespace with the Secrets of further accounts; empty: not known
 * @param objectMetrics whether metrics name single objects; false: they count objects
 * @param fleetPage how the fleet page is served; empty: there is none
 * @param edge the edge of a test; empty: DNS gives the addresses of public hosts
 */
public record OperatorOptions(
    Settings settings,
    Set<String> namespaces,
    NgrokClientOptions ngrok,
    BudgetOptions budget,
    Duration driftInterval,
    Duration agentInterval,
    WaveOptions waves,
    int httpPort,
    Duration sessionRetention,
    Optional<LeaseOptions> lease,
    boolean dnsEndpoints,
    boolean grants,
    Optional<String> secretsNamespace,
    boolean objectMetrics,
    Optional<FleetPageOptions> fleetPage,
    Optional<EdgeAddress> edge) {

  /**
   * The Lease for leader election.
   *
   * @param identity the name of this process
   * @param duration the time for which it is valid after a renewal, in whole seconds
   */
  public record LeaseOptions(String namespace, String name, String identity, Duration duration) {

    /**
     * How long the leader works without a renewal. The rest of the duration is for clocks that
     * differ, and for requests that are on their way.
     */
    public Duration renewal() {
      return duration.multipliedBy(2).dividedBy(3);
    }

    /** How often the leader renews it. Other processes read it up to 2.2 times less often. */
    public Duration retry() {
      return renewal().dividedBy(5);
    }
  }

  /** The chosen mode, in words. */
  public String summary() {
    return "instance %s, %s, %d requests a minute to %s, lists every %s, agents every %s, %s"
        .formatted(
            settings.instance(),
            namespaces.isEmpty()
                ? "all namespaces"
                : "namespaces " + String.join(", ", new TreeSet<>(namespaces)),
            budget.permits(),
            ngrok.baseUrl(),
            Durations.text(driftInterval),
            Durations.text(agentInterval),
            lease
                .map(chosen -> "leader elected in " + chosen.namespace())
                .orElse("no leader election"));
  }

  public OperatorOptions {
    namespaces = Set.copyOf(namespaces);
  }
}
