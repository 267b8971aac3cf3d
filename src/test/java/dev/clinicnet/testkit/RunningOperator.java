package dev.clinicnet.testkit;

import dev.clinicnet.operator.account.WaveOptions;
import dev.clinicnet.operator.config.EdgeAddress;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.controller.OperatorOptions;
import dev.clinicnet.operator.controller.OperatorOptions.LeaseOptions;
import dev.clinicnet.operator.controller.StartFailure;
import dev.clinicnet.operator.fleetpage.FleetPageOptions;
import dev.clinicnet.operator.ngrok.AccountTime;
import dev.clinicnet.operator.ngrok.BudgetOptions;
import dev.clinicnet.operator.ngrok.NgrokClientOptions;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts the operator in this JVM, as its own ServiceAccount, on one namespace. */
public final class RunningOperator {

  /** The API key that tests use: well-formed, and obviously not real. */
  public static final String API_KEY = "2fakefakefakefakefakefakefa_FAKEfakeFAKEfakeFAKE1";

  private final KubernetesClient client;
  private final String namespace;
  private final URI ngrok;
  private final Set<String> others = new HashSet<>();
  private Duration undoWindow = Duration.ZERO;
  private Duration driftInterval = Duration.ofHours(1);
  private Duration agentInterval = Duration.ofHours(1);
  private WaveOptions waves = WaveOptions.OFF;
  private Duration timeout = Duration.ofSeconds(20);
  private BudgetOptions budget = BudgetOptions.perMinute(100_000).withFreshStart();
  private Optional<LeaseOptions> lease = Optional.empty();
  private Optional<EdgeAddress> edge = Optional.empty();
  private Supplier<String> key = () -> API_KEY;
  private boolean dnsEndpoints;
  private boolean removeOrphans;
  private boolean grants = true;
  private boolean objectMetrics;
  private Optional<FleetPageOptions> fleetPage = Optional.empty();

  private RunningOperator(KubernetesClient client, String namespace, URI ngrok) {
    this.client = client;
    this.namespace = namespace;
    this.ngrok = ngrok;
  }

  /** An operator that sweeps once, and releases names at once. */
  public static RunningOperator on(KubernetesClient client, String namespace, URI ngrok) {
    return new RunningOperator(client, namespace, ngrok);
  }

  /** Makes it watch further namespaces too. */
  public RunningOperator and(String... further) {
    others.addAll(Set.of(further));
    return this;
  }

  /** Gives it another undo window. */
  public RunningOperator withUndoWindow(Duration window) {
    undoWindow = window;
    return this;
  }

  /** Gives it other intervals. */
  public RunningOperator withIntervals(Duration drift, Duration agents) {
    driftInterval = drift;
    agentInterval = agents;
    return this;
  }

  /** Gives it an API key that a test can replace. */
  public RunningOperator withKey(Supplier<String> replaceable) {
    key = replaceable;
    return this;
  }

  /** Gives it shorter timeouts for ngrok's answers. */
  public RunningOperator withTimeout(Duration impatient) {
    timeout = impatient;
    return this;
  }

  /** Gives it another number of requests per minute. */
  public RunningOperator withBudget(BudgetOptions requests) {
    budget = requests;
    return this;
  }

  /** Makes it one of several processes that a Lease chooses from. */
  public RunningOperator withLease(LeaseOptions options) {
    lease = Optional.of(options);
    return this;
  }

  /** Gives it a stand-in for the edge, so that agents' APIs are reached. */
  public RunningOperator withEdge(EdgeAddress address) {
    edge = Optional.of(address);
    return this;
  }

  /** Makes it publish DNS records as DNSEndpoints. */
  public RunningOperator withDNSEndpoints() {
    dnsEndpoints = true;
    return this;
  }

  /** Makes it remove objects without a manifest. */
  public RunningOperator removingOrphans() {
    removeOrphans = true;
    return this;
  }

  /** Makes it run without grants, and without the rights to read them. */
  public RunningOperator withoutGrants() {
    grants = false;
    return this;
  }

  /** Makes its metrics name single objects. */
  public RunningOperator withObjectMetrics() {
    objectMetrics = true;
    return this;
  }

  /** Makes it serve the fleet page. */
  public RunningOperator withFleetPage(FleetPageOptions page) {
    fleetPage = Optional.of(page);
    return this;
  }

  /** Lets changes that reach many Clinics go out by waves. */
  public RunningOperator withWaves(WaveOptions options) {
    waves = options;
    return this;
  }

  /** Starts it; close it to stop it. */
  public ClinicOperator start() {
    return startAt(Clock.systemUTC());
  }

  /** Starts it with another time, which passes at the same speed. */
  public ClinicOperator startAt(Clock clock) {
    OperatorOptions options =
        new OperatorOptions(
            new Settings("test-" + namespace, undoWindow, removeOrphans),
            Stream.concat(Stream.of(namespace), others.stream()).collect(Collectors.toSet()),
            NgrokClientOptions.of(ngrok, key).withTimeouts(timeout, timeout, timeout),
            budget,
            driftInterval,
            agentInterval,
            waves,
            0,
            Duration.ofDays(30),
            lease,
            dnsEndpoints,
            grants,
            Optional.of(namespace),
            objectMetrics,
            fleetPage,
            edge);
    try {
      ClinicOperator operator = new ClinicOperator(options, client, AccountTime.of(clock));
      try {
        operator.start();
      } catch (StartFailure e) {
        operator.close();
        throw e;
      }
      return operator;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
