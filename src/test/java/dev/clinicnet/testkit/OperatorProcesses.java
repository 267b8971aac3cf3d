package dev.clinicnet.testkit;

import dev.clinicnet.operator.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Starts the operator as separate processes on the namespace of the test, with a token of the
 * ServiceAccount in {@code deploy/base}:
 *
 * <pre>{@code
 * @RegisterExtension final OperatorProcesses operators = new OperatorProcesses(namespace);
 * ...
 * OperatorProcess one = operators.start(account.url()).awaitReady();
 * OperatorProcess two = operators.elected().with("--agent-interval", "1s").start(account.url());
 * }</pre>
 *
 * <p>After the test, no process is left. Their logs are shown if the test failed.
 */
public final class OperatorProcesses implements AfterEachCallback {
  private static final Queue<OperatorProcess> ALL = new ConcurrentLinkedQueue<>();

  static {
    // If the tests are interrupted, no process may outlive them.
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> ALL.forEach(OperatorProcess::close), "end-operators"));
  }

  private final FreshNamespace namespace;
  private final List<OperatorProcess> started = new ArrayList<>();
  private String token;

  /** Processes on this namespace, which must be an extension that is registered before. */
  public OperatorProcesses(FreshNamespace namespace) {
    this.namespace = namespace;
  }

  /** Starts a process that works alone. */
  public OperatorProcess start(URI ngrok) {
    return alone().start(ngrok);
  }

  /** A process that gets only the cluster, the account and the key. */
  public Launch bare() {
    return new Launch();
  }

  /**
   * A process that works alone, sweeps once, and releases names at once. {@code start} starts it.
   */
  public Launch alone() {
    return bare()
        .with("--namespaces", namespace.name())
        .with("--instance", "test-" + namespace.name())
        .with("--http-port", "0")
        .with("--undo-window", "0")
        .with("--drift-interval", "1h")
        .with("--agent-interval", "1h")
        .with("--requests-per-minute", "100000");
  }

  /** A process among several, from which a Lease in the test's namespace selects. */
  public Launch elected() {
    namespace.allowLeases();
    return alone().with("--lease-namespace", namespace.name());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    started.forEach(OperatorProcess::close);
    ALL.removeAll(started);
    if (context.getExecutionException().isPresent()) {
      started.forEach(process -> System.err.println(process.lastWords()));
    }
    started.clear();
    token = null;
  }

  /** A process before its start: change its options, then start it. */
  public final class Launch {
    private final Map<String, String> options = new LinkedHashMap<>();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private URI kubernetes = URI.create(namespace.admin().getMasterUrl().toString());

    private Launch() {}

    /** The same process with another value of an option. */
    public Launch with(String option, String value) {
      options.put(option, value);
      return this;
    }

    /** The same process without an option. */
    public Launch without(String option) {
      options.remove(option);
      return this;
    }

    /** The same process with an environment variable. */
    public Launch withVariable(String variable, String value) {
      variables.put(variable, value);
      return this;
    }

    /** The same process with another URL of the API server, whose certificate is for 127.0.0.1. */
    public Launch through(URI server) {
      kubernetes = server;
      return this;
    }

    /** Starts it, and does not wait. */
    public OperatorProcess start(URI ngrok) {
      String name = "operator-" + (started.size() + 1);
      try {
        Path directory = Files.createDirectories(Path.of("target/operators", namespace.name()));
        Path kubeconfig = directory.resolve(name + ".kubeconfig");
        TokenKubeconfig.write(kubeconfig, namespace.admin(), kubernetes, token());
        Path log = directory.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command(ngrok, kubeconfig));
        builder.environment().keySet().removeIf(OperatorProcesses::isOurs);
        builder.environment().put("HOSTNAME", name);
        builder.environment().put("LOG_FORMAT", "text");
        builder.environment().put("NGROK_API_KEY", RunningOperator.API_KEY);
        builder.environment().putAll(variables);
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        OperatorProcess process = new OperatorProcess(name, builder.start(), log);
        started.add(process);
        ALL.add(process);
        return process;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private List<String> command(URI ngrok, Path kubeconfig) {
      List<String> command = new ArrayList<>();
      command.add(ProcessHandle.current().info().command().orElse("java"));
      command.addAll(List.of("-Xmx192m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
      command.addAll(List.of("-cp", ProgramClassPath.get(), Main.class.getName(), "run"));
      options.forEach((option, value) -> command.add(option + "=" + value));
      command.add("--kubeconfig=" + kubeconfig);
      command.add("--ngrok-api-url=" + ngrok);
      return command;
    }
  }

  private static boolean isOurs(String variable) {
    return variable.startsWith("CLINIC_OPERATOR_") || variable.startsWith("NGROK_");
  }

  /** The token as the pod finds it in its volume. */
  private String token() {
    if (token == null) {
      token = namespace.operatorToken();
    }
    return token;
  }
}
