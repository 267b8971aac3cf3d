package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.agentapi.AgentApis;
import dev.clinicnet.operator.audit.AuditLog;
import dev.clinicnet.operator.audit.AuditTrail;
import dev.clinicnet.operator.grant.AccountWriter;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.health.HealthServer;
import dev.clinicnet.operator.metrics.AgentMetrics;
import dev.clinicnet.operator.metrics.AuditMetrics;
import dev.clinicnet.operator.metrics.CertificateMetrics;
import dev.clinicnet.operator.metrics.ConditionMetrics;
import dev.clinicnet.operator.metrics.DriftMetrics;
import dev.clinicnet.operator.metrics.OverdueMetrics;
import dev.clinicnet.operator.metrics.RefusedWriteMetrics;
import dev.clinicnet.operator.ngrok.AccountTime;
import dev.clinicnet.operator.ngrok.BudgetOptions;
import dev.clinicnet.operator.ngrok.WriteGuard;
import dev.clinicnet.operator.session.SessionReconciler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator with all its parts. One instance runs once. */
public final class ClinicOperator implements AutoCloseable {
  /** The name for the field manager, for the component of Events, and in marks. */
  public static final String NAME = "clinic-operator";

  private static final Logger LOGGER = LoggerFactory.getLogger(ClinicOperator.class);
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration SHORT_GRACE = Duration.ofSeconds(2);

  /** How many passes run at a time, of all kinds and accounts together. */
  static final int THREADS = BudgetOptions.THREADS;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final KubernetesClient client;
  private final OperatorOptions options;
  private final Optional<Leadership> leadership;
  private final AgentApis agents;
  private final Accounts accounts;
  private final Requeues requeues;
  private final InFlight inFlight;
  private final Optional<WatchedGrants> grants;
  private final Operator operator;
  private final WatchedObjects objects;
  private final HealthServer health;
  private final Clock clock;
  private Optional<FleetPage> fleetPage = Optional.empty();
  private volatile boolean stopping;

  /**
   * Wires the operator; {@link #start} starts it.
   *
   * @param client the client, which the caller closes
   * @throws IOException when the port for metrics and health is taken
   */
  public ClinicOperator(OperatorOptions options, KubernetesClient client) throws IOException {
    this(options, client, AccountTime.REAL);
  }

  /** For tests and benches: with this time. */
  public ClinicOperator(OperatorOptions options, KubernetesClient client, AccountTime time)
      throws IOException {
    this.options = options;
    this.client = client;
    clock = time.clock();
    leadership =
        options
            .lease()
            .map(lease -> new Leadership(lease, client.getConfiguration(), clock, this::lostLead));
    inFlight = new InFlight(leadership.map(Leadership::guard).orElse(WriteGuard.ALWAYS));
    agents = new AgentApis(options.edge(), options.ngrok().userAgent());
    requeues = new Requeues(time);
    grants = options.grants() ? Optional.of(new WatchedGrants(client, requeues)) : Optional.empty();
    AgentMetrics agentMetrics = new AgentMetrics(options.objectMetrics());
    CertificateMetrics certificates = new CertificateMetrics(options.objectMetrics());
    AuditTrail trail = new AuditLog().and(new AuditMetrics(registry));
    AccountKeys keys =
        new AccountKeys(
            client,
            options.secretsNamespace(),
            options.ngrok().apiKey(),
            () -> grants.map(WatchedGrants::all).orElse(List.of()),
            System::nanoTime);
    accounts =
        new Accounts(
            new RunningAccount.Surroundings(
                options,
                agents,
                new AgentLogins(client),
                requeues,
                inFlight,
                this::isDeleted,
                this::grant,
                new DriftMetrics(registry),
                trail,
                agentMetrics,
                certificates,
                registry,
                time),
            keys);
    objects = new WatchedObjects(this::isLeading);
    Gauge.builder("operator_leader", this, ours -> ours.isLeading() ? 1 : 0)
        .description("1 on the replica that works, 0 on a standby")
        .register(registry);
    RefusedWrites refusals =
        new RefusedWrites(
            new KubernetesReports(client, status -> {}, inFlight, clock),
            new RefusedWriteMetrics(registry),
            clock);
    Metrics metrics = MicrometerMetrics.withoutPerResourceMetrics(registry);
    operator = new Operator(overrider -> configure(overrider, metrics));
    Caches caches = new Caches(this::grant);
    register(
        new ClinicController(
            LoopDriver.ofClinics(accounts, requeues, agentMetrics, clock),
            caches,
            options.dnsEndpoints(),
            inFlight,
            refusals,
            time));
    register(
        new ServiceController(
            LoopDriver.ofServices(accounts, requeues, certificates, clock),
            caches,
            inFlight,
            refusals,
            time));
    register(
        new SessionController(
            new SessionReconciler(options.sessionRetention(), trail, clock),
            caches,
            inFlight,
            refusals,
            time));
    grants.ifPresent(
        watched ->
            objects.add(
                operator.register(
                    new AccountController(
                        new AccountWriter(options.settings().instance(), options.namespaces()),
                        watched,
                        accounts,
                        keys,
                        requeues,
                        name -> accounts.find(name).map(RunningAccount::warnings).orElse(List.of()),
                        inFlight,
                        refusals,
                        clock),
                    ClinicOperator::configurePasses)));
    PrometheusRegistry prometheus = registry.getPrometheusRegistry();
    prometheus.register(agentMetrics);
    prometheus.register(certificates);
    prometheus.register(new ConditionMetrics(objects, options.objectMetrics(), clock));
    prometheus.register(new OverdueMetrics(objects, options.objectMetrics(), clock));
    health = new HealthServer(options.httpPort(), registry::scrape, this::isReady);
  }

  /**
   * Starts the caches first. When this process leads, the first sweep and the work follow.
   *
   * @throws StartFailure when the caches cannot be filled, or the port of the fleet page is taken
   */
  public void start() {
    LOGGER.info("metrics and health on port {}", health.port());
    fleetPage =
        options
            .fleetPage()
            .map(
                page ->
                    new FleetPage(
                        page,
                        client,
                        objects,
                        accounts,
                        options.budget().permits(),
                        this::isReady,
                        this::isLeading,
                        () -> leadership.flatMap(Leadership::leader),
                        clock));
    try {
      grants.ifPresent(watched -> watched.start(accounts));
      operator.start();
    } catch (OperatorException | KubernetesClientException e) {
      throw new StartFailure(
          ExitReason.START_FAILED, "The operator could not start: " + RootCause.of(e));
    }
    grants.ifPresent(watched -> watched.requeueOnChanges(accounts));
    if (leadership.isEmpty()) {
      lead();
    }
    LOGGER.info("started as instance {}", options.settings().instance());
  }

  /** Makes the account be listed now, and not only at the next interval. */
  public void refresh() {
    accounts.refresh();
  }

  /** The port of metrics and health. */
  public int httpPort() {
    return health.port();
  }

  /** The port of the fleet page; empty without the page, and before the start. */
  public Optional<Integer> fleetPagePort() {
    return fleetPage.map(FleetPage::port);
  }

  /** The metrics in the Prometheus text format. */
  public String metrics() {
    return registry.scrape();
  }

  @Override
  public void close() {
    stopping = true;
    fleetPage.ifPresent(FleetPage::close);
    accounts.stop();
    if (!inFlight.finish(GRACE)) {
      LOGGER.warn("Work under way did not end within {} s: it is broken off", GRACE.toSeconds());
    }
    operator.stop();
    grants.ifPresent(WatchedGrants::close);
    leadership.ifPresent(ours -> ours.end(accounts.isWriting()));
    requeues.close();
    accounts.close();
    agents.close();
    leadership.ifPresent(Leadership::close);
    health.close();
  }

  private boolean isReady() {
    return !stopping && operator.getRuntimeInfo().isStarted();
  }

  private void configure(ConfigurationServiceOverrider overrider, Metrics metrics) {
    overrider
        .withKubernetesClient(client)
        .withCloseClientOnStop(false)
        .withResourceCloner(new PrimaryCopies(client.getKubernetesSerialization()))
        .withMetrics(metrics)
        .withConcurrentReconciliationThreads(THREADS)
        .withReconciliationTerminationTimeout(SHORT_GRACE);
    leadership.ifPresent(
        ours -> overrider.withLeaderElectionConfiguration(ours.election(this::lead)));
  }

  /** This process leads now. */
  private void lead() {
    accounts.lead();
    if (!options.dnsEndpoints()) {
      new UnwantedDNSEndpoints(client, options.namespaces()).removeBesides();
    }
  }

  /** Another process leads now. This one must stop, and a restart makes it a standby. */
  private void lostLead() {
    if (!stopping) {
      LOGGER.error("lost the Lease: exiting, to come back as a standby");
      Runtime.getRuntime().halt(ExitReason.LEASE_LOST.code());
    }
  }

  private void register(KindController<?> controller) {
    objects.add(operator.register(controller, this::configure));
  }

  private void configure(ControllerConfigurationOverrider<?> controller) {
    configurePasses(controller);
    if (options.namespaces().isEmpty()) {
      controller.watchingAllNamespaces();
    } else {
      controller.settingNamespaces(options.namespaces());
    }
  }

  /**
   * The operator SDK sets no timer of its own after a pass. It would set one for an object whose
   * finalizer was just removed, while it cancels the timers of the deleted object, and then the
   * timer is refused with an exception. {@link KindController} says when the next pass is due.
   */
  private static void configurePasses(ControllerConfigurationOverrider<?> controller) {
    controller
        .withRetry(unlimitedRetry())
        .withReconciliationMaxInterval(null)
        .withInformerListLimit(Watched.PAGE);
  }

  /** A failed pass is repeated after 1 s, then later each time, up to 60 s, without end. */
  private static GenericRetry unlimitedRetry() {
    return new GenericRetry()
        .setInitialInterval(1_000)
        .setIntervalMultiplier(2)
        .setMaxInterval(60_000)
        .withoutMaxAttempts();
  }

  /** Unknown if no namespaces are watched. */
  private boolean isDeleted(String namespace) {
    return grants.filter(watched -> watched.lacks(namespace)).isPresent();
  }

  private Grant grant(String account, String namespace) {
    return grants.map(watched -> watched.of(account, namespace)).orElse(Grant.TRUSTED);
  }

  private boolean isLeading() {
    return leadership.map(Leadership::isLeading).orElse(true);
  }
}
