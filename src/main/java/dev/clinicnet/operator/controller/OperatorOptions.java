package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.config.Durations;
import dev.clinicnet.operator.config.EdgeAddress;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.ngrok.BudgetOptions;
import dev.clinicnet.operator.ngrok.NgrokClientOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that one operator process is told.
 *
 * @param namespaces the namespaces to watch; empty: all
 * @param driftInterval how often everything is listed
 * @param agentInterval how often agent sessions and endpoints are listed
 * @param httpPort where metrics and health are served; 0: any free port
 * @param sessionRetention how long the record of a session is kept after its end
 * @param lease where leaders are elected; empty: this process is alone
 * @param dnsEndpoints whether DNS records are published as DNSEndpoints
 * @param grants whether namespaces hold only what NgrokAccounts grant them, once these grant
 *     anything
 * @param edge what stands in for the edge in a test; empty: public hosts are where DNS says
 */
public record OperatorOptions(
    Settings settings,
    Set<String> namespaces,
    NgrokClientOptions ngrok,
    BudgetOptions budget,
    Duration driftInterval,
    Duration agentInterval,
    int httpPort,
    Duration sessionRetention,
    Optional<LeaseOptions> lease,
    boolean dnsEndpoints,
    boolean grants,
    Optional<EdgeAddress> edge) {

  /**
   * The Lease that leaders are elected by.
   *
   * @param identity who this process is
   * @param duration how long it is valid after it was renewed: whole seconds
   */
  public record LeaseOptions(String namespace, String name, String identity, Duration duration) {

    /**
     * How long the leader goes on without having renewed it. The rest of the duration is for clocks
     * that differ, and for requests that are on their way.
     */
    public Duration renewal() {
      return duration.multipliedBy(2).dividedBy(3);
    }

    /** How often the leader renews it; others look at it up to 2.2 times less often. */
    public Duration retry() {
      return renewal().dividedBy(5);
    }
  }

  /** What was chosen, in words. */
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
