package dev.clinicnet.operator.run;

import dev.clinicnet.operator.config.EdgeAddress;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.config.Version;
import dev.clinicnet.operator.run.OperatorOptions.LeaseOptions;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import java.io.IOException;
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
    sortOptions = false,
    description = "Runs the operator. The ngrok API key is in NGROK_API_KEY.",
    footer = {
      "",
      "Each option can be a variable too: --http-port as CLINIC_OPERATOR_HTTP_PORT,",
      "--ngrok-api-url as NGROK_API_URL. Durations look like 24h, 1h30m, 30s or 0."
    })
public final class RunCommand implements Callable<Integer> {
  /** What the command is called. */
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
    requireKnownVariables();
    Supplier<String> apiKey = ApiKey.from(given.ngrokApiKeyFile, environment);
    Optional<LeaseOptions> lease =
        LeaseChoice.of(
            given.leaderElection,
            given.leaseNamespace,
            given.leaseDuration,
            given.kubeconfig,
            environment,
            UUID.randomUUID().toString().substring(0, 8));
    Optional<EdgeAddress> edge = EdgeChoice.of(given.edgeAddress, given.edgeAuthorities);
    Config config = KubernetesAccess.config(given.kubeconfig);
    OperatorOptions options = options(apiKey, lease, edge, check(config, lease));
    LOGGER.info("{} {}: {}", ClinicOperator.NAME, Version.current(), options);
    edge.ifPresent(
        test ->
            LOGGER.warn("--edge-address is for tests: every public host is taken to be {}", test));
    KubernetesClient client = KubernetesAccess.client(config);
    ClinicOperator operator;
    try {
      operator = new ClinicOperator(options, client);
    } catch (IOException e) {
      client.close();
      throw new StartFailure(
          ExitReason.PORT_TAKEN,
          "--http-port " + options.httpPort() + " cannot be served (" + RootCause.of(e) + ")");
    }
    GracefulStop.install(operator);
    try {
      operator.start();
    } catch (OperatorException e) {
      operator.close();
      client.close();
      throw new StartFailure(
          ExitReason.START_FAILED, "The operator could not start: " + RootCause.of(e));
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

  /** Finds what would keep the operator from working, and returns this installation's name. */
  private String check(Config config, Optional<LeaseOptions> lease) {
    try (KubernetesClient client = KubernetesAccess.impatientClient(config)) {
      StartChecks checks = new StartChecks(client);
      checks.reach();
      checks.requireKinds();
      checks.requireRights(RequiredRights.of(StartChecks.KINDS, given.namespaces, lease));
      if (given.dnsEndpoints) {
        checks.requireDNSEndpoints(given.namespaces);
      }
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
      String instance) {
    return new OperatorOptions(
        new Settings(instance, given.undoWindow),
        given.namespaces,
        given.client(apiKey),
        given.budget,
        given.driftInterval,
        given.agentInterval,
        given.httpPort,
        given.sessionRetention,
        lease,
        given.dnsEndpoints,
        edge);
  }
}
