package dev.clinicnet.simulator;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code simulator}: runs a {@link Simulator} until it is told to end. */
@Command(
    name = "simulator",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:It was told to stop.", "2:Wrong usage, or the port is taken."},
    description = "Runs an ngrok platform API on loopback, for tests and demonstrations.")
public final class SimulatorCommand implements Callable<Integer> {
  private static final int MAX_PORT = 65535;

  @Spec private CommandSpec spec;

  // The options are texts, so that a wrong value gives one line instead of the usage page.
  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8090",
      description = "Port on 127.0.0.1; 0 for any free one. Default: ${DEFAULT-VALUE}.")
  private String port;

  @Option(
      names = "--agent-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description =
          "Port on 127.0.0.1 for agents outside of the simulator; 0 for any free one. Default:"
              + " ${DEFAULT-VALUE}.")
  private String agentPort;

  @Option(
      names = "--rate-limit",
      paramLabel = "NUMBER",
      defaultValue = "120",
      description = "Requests per rolling minute, or none. Default: ${DEFAULT-VALUE}.")
  private String rateLimit;

  @Option(
      names = "--domain-delay",
      paramLabel = "DURATION",
      defaultValue = "5s",
      description = "How long a new domain stays unusable. Default: ${DEFAULT-VALUE}.")
  private String domainDelay;

  @Option(
      names = "--certificate-delay",
      paramLabel = "DURATION",
      defaultValue = "10s",
      description = "How long a managed certificate takes. Default: ${DEFAULT-VALUE}.")
  private String certificateDelay;

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      description = "The only key to accept. Default: any well-formed one.")
  private String apiKey;

  @Option(
      names = "--account",
      paramLabel = "ACCOUNT",
      description =
          "One more account, as NAME=KEY, with the API key that it accepts. May be given several"
              + " times.")
  private List<String> accounts = List.of();

  @Option(
      names = "--hipaa",
      description = "Begin with an account in HIPAA mode, which allows no http endpoint.")
  private boolean hipaa;

  @Override
  public Integer call() throws InterruptedException {
    try (Simulator simulator = start()) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("simulator ready at " + simulator.url());
      out.println("agents connect to localhost:" + simulator.agents().getPort());
      out.flush();
      // SIGTERM and SIGINT end the JVM, which needs nothing else.
      new CountDownLatch(1).await();
      return CommandLine.ExitCode.OK;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option " + e.getMessage(), e);
    }
  }

  private Simulator start() {
    SimulatorOptions options =
        new SimulatorOptions(
            number("--port", port, 0, MAX_PORT),
            rateLimit.equals("none")
                ? OptionalInt.empty()
                : OptionalInt.of(number("--rate-limit", rateLimit, 1, Integer.MAX_VALUE)),
            duration("--domain-delay", domainDelay),
            duration("--certificate-delay", certificateDelay),
            apiKey,
            number("--agent-port", agentPort, 0, MAX_PORT),
            Clock.systemUTC(),
            accounts());
    try {
      return hipaa ? Simulator.startInHipaaMode(options) : Simulator.start(options);
    } catch (Simulator.AgentPortTaken e) {
      throw new IllegalArgumentException(
          "'--agent-port': " + agentPort + " is not free on 127.0.0.1", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("'--port': " + port + " is not free on 127.0.0.1", e);
    }
  }

  private Map<String, String> accounts() {
    Map<String, String> keys = new LinkedHashMap<>();
    for (String account : accounts) {
      int equals = account.indexOf('=');
      String name = account.substring(0, Math.max(0, equals));
      if (name.isEmpty() || name.equals(Simulator.DEFAULT) || keys.containsKey(name)) {
        // The text may have the key, so it is not repeated.
        throw new IllegalArgumentException(
            "'--account': it must be NAME=KEY, with a name that is given once and is not "
                + Simulator.DEFAULT);
      }
      keys.put(name, account.substring(equals + 1));
    }
    return keys;
  }

  private static int number(String option, String text, int min, int max) {
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The refusal is the same as for a number out of range.
    }
    throw new IllegalArgumentException(
        "'%s': '%s' is not a whole number from %d to %d".formatted(option, text, min, max));
  }

  private static Duration duration(String option, String text) {
    try {
      return SimulatorDuration.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + option + "': " + e.getMessage(), e);
    }
  }
}
