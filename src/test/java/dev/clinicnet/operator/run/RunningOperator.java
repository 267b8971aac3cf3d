package dev.clinicnet.operator.run;

import dev.clinicnet.operator.config.EdgeAddress;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.ngrok.BudgetOptions;
import dev.clinicnet.operator.ngrok.NgrokClientOptions;
import dev.clinicnet.operator.run.OperatorOptions.LeaseOptions;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** How tests start the operator: in this JVM, as its own ServiceAccount, on one namespace. */
public record RunningOperator(
    KubernetesClient client,
    String namespace,
    URI ngrok,
    Duration undoWindow,
    Duration driftInterval,
    Duration agentInterval,
    Duration timeout,
    Optional<LeaseOptions> lease,
    Optional<EdgeAddress> edge,
    boolean dnsEndpoints) {

  /** The API key that tests use: well-formed, and obviously not real. */
  public static final String API_KEY = "2fakefakefakefakefakefakefa_FAKEfakeFAKEfakeFAKE1";

  private static final int PLENTY = 100_000;

  /** An operator that sweeps once, and releases names at once. */
  public static RunningOperator on(KubernetesClient client, String namespace, URI ngrok) {
    return new RunningOperator(
        client,
        namespace,
        ngrok,
        Duration.ZERO,
        Duration.ofHours(1),
        Duration.ofHours(1),
        Duration.ofSeconds(20),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  /** The same with another undo window. */
  public RunningOperator withUndoWindow(Duration window) {
    return new RunningOperator(
        client,
        namespace,
        ngrok,
        window,
        driftInterval,
        agentInterval,
        timeout,
        lease,
        edge,
        dnsEndpoints);
  }

  /** The same with other intervals. */
  public RunningOperator withIntervals(Duration drift, Duration agents) {
    return new RunningOperator(
        client, namespace, ngrok, undoWindow, drift, agents, timeout, lease, edge, dnsEndpoints);
  }

  /** The same with less patience for ngrok's answers. */
  public RunningOperator withTimeout(Duration impatient) {
    return new RunningOperator(
        client,
        namespace,
        ngrok,
        undoWindow,
        driftInterval,
        agentInterval,
        impatient,
        lease,
        edge,
        dnsEndpoints);
  }

  /** The same as one of several processes that a Lease chooses from. */
  public RunningOperator withLease(LeaseOptions options) {
    return new RunningOperator(
        client,
        namespace,
        ngrok,
        undoWindow,
        driftInterval,
        agentInterval,
        timeout,
        Optional.of(options),
        edge,
        dnsEndpoints);
  }

  /** The same with a stand-in for the edge, so that agents' APIs are reached. */
  public RunningOperator withEdge(EdgeAddress address) {
    return new RunningOperator(
        client,
        namespace,
        ngrok,
        undoWindow,
        driftInterval,
        agentInterval,
        timeout,
        lease,
        Optional.of(address),
        dnsEndpoints);
  }

  /** The same, publishing DNS records as DNSEndpoints. */
  public RunningOperator withDNSEndpoints() {
    return new RunningOperator(
        client,
        namespace,
        ngrok,
        undoWindow,
        driftInterval,
        agentInterval,
        timeout,
        lease,
        edge,
        true);
  }

  /** Starts it; close it to stop it. */
  public ClinicOperator start() {
    return startAt(Clock.systemUTC());
  }

  /** Starts it at another time, which passes as fast. */
  public ClinicOperator startAt(Clock clock) {
    OperatorOptions options =
        new OperatorOptions(
            new Settings("test-" + namespace, undoWindow),
            Set.of(namespace),
            NgrokClientOptions.of(ngrok, () -> API_KEY).withTimeouts(timeout, timeout, timeout),
            BudgetOptions.perMinute(PLENTY).withFreshStart(),
            driftInterval,
            agentInterval,
            0,
            Duration.ofDays(30),
            lease,
            dnsEndpoints,
            edge);
    try {
      ClinicOperator operator = new ClinicOperator(options, client, clock);
      operator.start();
      return operator;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
