package dev.clinicnet.operator.run;

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
 * @param lease where leaders are elected; empty: this process is alone
 * @param dnsEndpoints whether DNS records are published as DNSEndpoints
 */
public record OperatorOptions(
    Settings settings,
    Set<String> namespaces,
    NgrokClientOptions ngrok,
    BudgetOptions budget,
    Duration driftInterval,
    Duration agentInterval,
    int httpPort,
    Optional<LeaseOptions> lease,
    boolean dnsEndpoints) {

  /**
   * The Lease that leaders are elected by.
   *
   * @param identity who this process is
   */
  public record LeaseOptions(
      String namespace, String name, String identity, Duration duration, Duration renewal) {}

  public OperatorOptions {
    namespaces = Set.copyOf(namespaces);
  }
}
