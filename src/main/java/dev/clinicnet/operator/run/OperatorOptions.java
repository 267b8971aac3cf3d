package dev.clinicnet.operator.run;

import dev.clinicnet.operator.config.EdgeAddress;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.ngrok.BudgetOptions;
import dev.clinicnet.operator.ngrok.NgrokClientOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

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
    Duration renewal() {
      return duration.multipliedBy(2).dividedBy(3);
    }

    /** How often the leader renews it; others look at it up to 2.2 times less often. */
    Duration retry() {
      return renewal().dividedBy(5);
    }
  }

  public OperatorOptions {
    namespaces = Set.copyOf(namespaces);
  }
}
