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
 * @param lease where leaders are elected; empty: this process is alone
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
    Optional<LeaseOptions> lease,
    Optional<EdgeAddress> edge) {

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
