package dev.clinicnet.operator.cli.run;

import dev.clinicnet.operator.cli.Environment;
import dev.clinicnet.operator.config.EdgeAddress;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.config.Version;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.controller.ExitReason;
import dev.clinicnet.operator.controller.KubernetesAccess;
import dev.clinicnet.operator.controller.OperatorOptions;
import dev.clinicnet.operator.controller.OperatorOptions.LeaseOptions;
import dev.clinicnet.operator.controller.RequiredRights;
import dev.clinicnet.operator.controller.RootCause;
import dev.clinicnet.operator.controller.StartChecks;
import dev.clinicnet.operator.controller.StartFailure;
import dev.clinicnet.operator.fleetpage.FleetPageOptions;
import dev.clinicnet.operator.health.ConnectionLimits;
import dev.clinicnet.operator.ngrok.AccountTime;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code run}: runs the operator until it is told to end. */
@Command(
    name = RunCommand.NAME,
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:The operator was told to stop, and has stopped cleanly.",
      "1:The cluster is not ready for the operator, a port is taken, the Lease was lost, or it did not stop in time.",
      "2:The configuration is wrong, and another try does not help."
    },
    sortOptions = false,
    description = {
      "Runs the operator.",
      "The ngrok API key is in NGROK_API_KEY, or in a file: see --ngrok-api-key-file."
    },
    footer = {
      "",
      "Each option can be a variable too: --http-port as CLINIC_OPERATOR_HTTP_PORT,",
      "--ngrok-api-url as NGROK_API_URL. Durations look like 24h, 1h30m, 30s or 0."
    })
public final class RunCommand implements Callable<Integer> {
  /** The name of the command. */
  public static final String NAME = "run";

  private static final Logger LOGGER = LoggerFactory.getLogger(RunCommand.class);

  private final Environment environment;
  @Mixin private final RunOptions given = new RunOptions();
  @Spec private CommandSpec spec;

  private RunCommand(Environment environment) {
    this.environment = environment;
  }

  /** The command, in its surroundings. */
  public static CommandLine commandLine(Environment environment) {
    return new CommandLine(new RunCommand(environment))
        .setDefaultValueProvider(new OptionVariables(environment));
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      start();
    } catch (StartFailure e) {
      spec.commandLine().getErr().println(e.getMessage());
      return e.reason().code();
    }
    // The hook ends the process.
    new CountDownLatch(1).await();
    return ExitReason.STOPPED.code();
  }

  private void start() {
    ConnectionLimits.set();
    LogLevel.set(given.logLevel);
    requireKnownVariables();
    Supplier<String> apiKey = ApiKey.from(given.account.ngrokApiKeyFile, environment);
    Optional<LeaseOptions> lease =
        LeaseChoice.of(
            given.leaderElection,
            given.leaseNamespace,
            given.leaseDuration,
            given.kubeconfig,
            environment,
            UUID.randomUUID().toString().substring(0, 8));
    Optional<EdgeAddress> edge = EdgeChoice.of(given.edgeAddress, given.edgeAuthorities);
    Optional<FleetPageOptions> fleetPage =
        FleetPageChoice.of(
            given.fleetPagePort,
            given.fleetPageAccess,
            given.fleetPageProxySecret,
            given.runbookUrl);
    Config config = KubernetesAccess.config(given.kubeconfig);
    String instance = check(config, lease, fleetPage);
    OperatorOptions options = options(apiKey, lease, edge, fleetPage, instance);
    LOGGER.info("{} {} starts: {}", ClinicOperator.NAME, Version.current(), options.summary());
    edge.ifPresent(
        test ->
            LOGGER.warn("--edge-address is for tests: every public host is taken to be {}", test));
    if (given.accountTime != AccountTime.REAL) {
      LOGGER.warn("--account-time is for benches: the account's time is not the real one");
    }
    KubernetesClient client = KubernetesAccess.client(config);
    ClinicOperator operator;
    try {
      operator = new ClinicOperator(options, client, given.accountTime);
    } catch (IOException e) {
      client.close();
      throw new StartFailure(
          ExitReason.PORT_TAKEN,
          "--http-port "
              + options.httpPort()
              + " cannot be served ("
              + RootCause.of(e)
              + "): choose another port (httpPort in the chart's values)");
    }
    GracefulStop.install(operator);
    try {
      operator.start();
    } catch (StartFailure e) {
      operator.close();
      client.close();
      throw e;
    }
  }

  private void requireKnownVariables() {
    Set<String> unknown = new OptionVariables(environment).unknown(spec);
    if (!unknown.isEmpty()) {
      throw new StartFailure(
          ExitReason.UNKNOWN_VARIABLE,
          "No option has the variable "
              + String.join(", ", unknown)
              + ": unset it, or see '"
              + spec.qualifiedName()
              + " --help'");
    }
  }

  private boolean withGrants() {
    return !Boolean.FALSE.equals(given.grants);
  }

  /**
   * Finds problems that would keep the operator from working.
   *
   * @return the name of this installation
   */
  private String check(
      Config config, Optional<LeaseOptions> lease, Optional<FleetPageOptions> fleetPage) {
    try (KubernetesClient client = KubernetesAccess.impatientClient(config)) {
      StartChecks checks = new StartChecks(client);
      checks.reach();
      checks.requireKinds();
      checks.requireRights(RequiredRights.of(StartChecks.KINDS, given.namespaces, lease));
      List<String> absent = checks.missingNamespaces(given.namespaces);
      if (!absent.isEmpty()) {
        LOGGER.warn(
            "--namespaces: the cluster has no namespace {}: create it, or correct the name"
                + " (watchNamespaces in the chart's values)",
            String.join(", ", absent));
      }
      if (given.dnsEndpoints) {
        checks.requireDNSEndpoints(given.namespaces);
      }
      if (withGrants()) {
        checks.requireGrants();
      }
      fleetPage.ifPresent(
          page -> checks.requireFleetPage(given.namespaces, page.proxySecret().isEmpty()));
      return given.instance == null ? checks.clusterUID() : given.instance;
    } catch (KubernetesClientException e) {
      throw new StartFailure(
          ExitReason.KUBERNETES_UNREACHABLE,
          "The Kubernetes API server fails to answer (" + RootCause.of(e) + "): try again");
    }
  }

  private OperatorOptions options(
      Supplier<String> apiKey,
      Optional<LeaseOptions> lease,
      Optional<EdgeAddress> edge,
      Optional<FleetPageOptions> fleetPage,
      String instance) {
    return new OperatorOptions(
        new Settings(instance, given.account.undoWindow, given.removeOrphans),
        given.namespaces,
        given.account.client(apiKey),
        given.account.budget,
        given.driftInterval,
        given.agentInterval,
        given.waves(),
        given.httpPort,
        given.sessionRetention,
        lease,
        given.dnsEndpoints,
        withGrants(),
        Optional.ofNullable(given.accountSecretsNamespace).or(environment::podNamespace),
        given.objectMetrics,
        fleetPage,
        edge);
  }
}
