package dev.clinicnet.operator.run;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.account.AccountGuard;
import dev.clinicnet.operator.account.Locks;
import dev.clinicnet.operator.account.Sweeper;
import dev.clinicnet.operator.account.UndoWindow;
import dev.clinicnet.operator.agentapi.AgentApis;
import dev.clinicnet.operator.agentapi.AgentLogin;
import dev.clinicnet.operator.agentapi.ReachedAgents;
import dev.clinicnet.operator.audit.AuditLog;
import dev.clinicnet.operator.audit.AuditTrail;
import dev.clinicnet.operator.clinic.AgentAPIKeeper;
import dev.clinicnet.operator.clinic.ClinicReconciler;
import dev.clinicnet.operator.clinic.StoredLogin;
import dev.clinicnet.operator.health.HealthServer;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.metrics.AgentMetrics;
import dev.clinicnet.operator.metrics.AuditMetrics;
import dev.clinicnet.operator.metrics.CertificateMetrics;
import dev.clinicnet.operator.metrics.NgrokMetrics;
import dev.clinicnet.operator.ngrok.Budget;
import dev.clinicnet.operator.ngrok.OkHttpNgrokApi;
import dev.clinicnet.operator.ngrok.WriteGuard;
import dev.clinicnet.operator.plan.AgentTarget;
import dev.clinicnet.operator.plan.Attempts;
import dev.clinicnet.operator.plan.PlanRunner;
import dev.clinicnet.operator.service.ServiceReconciler;
import dev.clinicnet.operator.session.SessionReconciler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator, wired. One instance runs once. */
public final class ClinicOperator implements AutoCloseable {
  /** The field manager, the component of Events, the name in marks. */
  public static final String NAME = "clinic-operator";

  private static final Logger LOGGER = LoggerFactory.getLogger(ClinicOperator.class);
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration SHORT_GRACE = Duration.ofSeconds(2);
  private static final int THREADS = 20;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final KubernetesClient client;
  private final OperatorOptions options;
  private final Optional<Leadership> leadership;
  private final OkHttpNgrokApi api;
  private final AgentApis agents;
  private final Sweeper sweeper;
  private final Wakes wakes;
  private final Passes passes;
  private final Operator operator;
  private final HealthServer health;
  private volatile boolean stopping;

  /**
   * Wires the operator; {@link #start} starts it.
   *
   * @param client stays open: whoever made it closes it
   * @throws IOException when the port for metrics and health is taken
   */
  public ClinicOperator(OperatorOptions options, KubernetesClient client) throws IOException {
    this(options, client, Clock.systemUTC());
  }

  /** The same at another time, which passes as fast. */
  ClinicOperator(OperatorOptions options, KubernetesClient client, Clock clock) throws IOException {
    this.options = options;
    this.client = client;
    Budget budget = new Budget(options.budget(), System::nanoTime);
    NgrokMetrics ngrokMetrics = new NgrokMetrics(registry);
    ngrokMetrics.watch(budget);
    leadership =
        options
            .lease()
            .map(lease -> new Leadership(lease, client.getConfiguration(), clock, this::lostLead));
    passes = new Passes(leadership.map(Leadership::guard).orElse(WriteGuard.ALWAYS));
    api = new OkHttpNgrokApi(options.ngrok(), budget, passes, ngrokMetrics);
    Inventory inventory = new Inventory();
    Attempts attempts = new Attempts();
    agents = new AgentApis(options.edge(), options.ngrok().userAgent());
    PlanRunner runner =
        new PlanRunner(
            api, new ReachedAgents(agents, this::login, passes), inventory, attempts, clock);
    AccountGuard accountGuard = new AccountGuard();
    wakes = new Wakes();
    SweepEffects effects =
        new SweepEffects(
            wakes,
            inventory,
            accountGuard,
            new UndoWindow(options.settings(), inventory, runner, clock),
            passes);
    sweeper =
        new Sweeper(api, inventory, options.driftInterval(), options.agentInterval(), effects);
    Gauge.builder("ngrok_inventory_age_seconds", sweeper, ClinicOperator::ageSeconds)
        .description("How long ago the last complete list of the account began")
        .register(registry);
    Gauge.builder("operator_leader", leadership, ClinicOperator::leads)
        .description("1 on the replica that works, 0 on a standby")
        .register(registry);
    Account account = new Account("default", inventory, runner, attempts, sweeper, accountGuard);
    Locks locks = new Locks();
    Supplier<String> nonces = ClinicOperator::nonce;
    Metrics metrics = MicrometerMetrics.withoutPerResourceMetrics(registry);
    operator = new Operator(overrider -> configure(overrider, metrics));
    AuditTrail trail = new AuditLog().and(new AuditMetrics(registry));
    operator.register(
        new ClinicController(
            new ClinicReconciler(
                account,
                options.settings(),
                locks,
                new AgentAPIKeeper(new SecureRandom()),
                nonces,
                new AgentMetrics(registry),
                trail,
                clock),
            wakes,
            passes,
            options.dnsEndpoints(),
            clock),
        this::configure);
    operator.register(
        new ServiceController(
            new ServiceReconciler(
                account,
                options.settings(),
                locks,
                nonces,
                new CertificateMetrics(registry),
                clock),
            wakes,
            passes,
            clock),
        this::configure);
    operator.register(
        new SessionController(
            new SessionReconciler(options.sessionRetention(), trail, clock), passes, clock),
        this::configure);
    health = new HealthServer(options.httpPort(), registry::scrape, this::isReady);
  }

  /** Starts: caches first, then, when this process leads, the first sweep and the work. */
  public void start() {
    LOGGER.info("metrics and health on port {}", health.port());
    operator.start();
    if (leadership.isEmpty()) {
      lead();
    }
    LOGGER.info("started as instance {}", options.settings().instance());
  }

  /** Has the account listed now, and not only at the next interval. */
  public void refresh() {
    sweeper.requestAll();
  }

  /** Where metrics and health are served. */
  public int httpPort() {
    return health.port();
  }

  /** The metrics in the Prometheus text format. */
  public String metrics() {
    return registry.scrape();
  }

  @Override
  public void close() {
    stopping = true;
    sweeper.close();
    if (!passes.finish(GRACE)) {
      LOGGER.warn("Work under way did not end within {} s: it is broken off", GRACE.toSeconds());
    }
    operator.stop();
    leadership.ifPresent(ours -> ours.end(api.isWriting()));
    wakes.close();
    api.close();
    agents.close();
    leadership.ifPresent(Leadership::close);
    health.close();
  }

  /** What opens an agent's API, read live: it may have been renewed a moment ago. */
  private Optional<AgentLogin> login(AgentTarget agent) {
    return StoredLogin.read(
        Optional.ofNullable(
            client
                .secrets()
                .inNamespace(agent.namespace())
                .withName(StoredLogin.secretName(agent.clinic()))
                .get()),
        agent);
  }

  private boolean isReady() {
    return !stopping && operator.getRuntimeInfo().isStarted();
  }

  private void configure(ConfigurationServiceOverrider overrider, Metrics metrics) {
    overrider
        .withKubernetesClient(client)
        .withCloseClientOnStop(false)
        .withMetrics(metrics)
        .withConcurrentReconciliationThreads(THREADS)
        .withReconciliationTerminationTimeout(SHORT_GRACE);
    leadership.ifPresent(
        ours -> overrider.withLeaderElectionConfiguration(ours.election(this::lead)));
  }

  /** This process works now. */
  private void lead() {
    sweeper.start();
    if (!options.dnsEndpoints()) {
      new UnwantedDNSEndpoints(client, options.namespaces()).removeBesides();
    }
  }

  /** Another process works now; this one must not go on, and a restart makes it a standby. */
  private void lostLead() {
    if (!stopping) {
      LOGGER.error("lost the Lease: exiting, to come back as a standby");
      Runtime.getRuntime().halt(ExitReason.LEASE_LOST.code());
    }
  }

  private void configure(ControllerConfigurationOverrider<?> controller) {
    controller.withRetry(
        new GenericRetry()
            .setInitialInterval(1_000)
            .setIntervalMultiplier(2)
            .setMaxInterval(60_000)
            .withoutMaxAttempts());
    if (options.namespaces().isEmpty()) {
      controller.watchingAllNamespaces();
    } else {
      controller.settingNamespaces(options.namespaces());
    }
  }

  private static double leads(Optional<Leadership> leadership) {
    return leadership.map(Leadership::isLeading).orElse(true) ? 1 : 0;
  }

  private static double ageSeconds(Sweeper sweeper) {
    return sweeper.age().map(age -> age.toMillis() / 1000.0).orElse(Double.NaN);
  }

  private static String nonce() {
    byte[] bytes = new byte[8];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
