package dev.clinicnet.operator.simulator;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code simulator}: runs a {@link Simulator} until it is told to end. */
@Command(
    name = "simulator",
    mixinStandardHelpOptions = true,
    description = "Runs an ngrok platform API on loopback, for tests and demonstrations.")
public final class SimulatorCommand implements Callable<Integer> {
  private static final int MAX_PORT = 65535;

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      defaultValue = "8090",
      description = "Port on 127.0.0.1; 0 for any free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--rate-limit",
      defaultValue = "120",
      converter = Limit.class,
      description = "Requests per rolling minute, or none. Default: ${DEFAULT-VALUE}.")
  private OptionalInt rateLimit;

  @Option(
      names = "--domain-delay",
      defaultValue = "5s",
      converter = Delay.class,
      description = "How long a new domain stays unusable. Default: ${DEFAULT-VALUE}.")
  private Duration domainDelay;

  @Option(
      names = "--certificate-delay",
      defaultValue = "10s",
      converter = Delay.class,
      description = "How long a managed certificate takes. Default: ${DEFAULT-VALUE}.")
  private Duration certificateDelay;

  @Option(
      names = "--api-key",
      description = "The only key to accept. Default: any well-formed one.")
  private String apiKey;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    if (port < 0 || port > MAX_PORT) {
      err.println("Invalid value for option '--port': must be 0 to 65535");
      return CommandLine.ExitCode.USAGE;
    }
    SimulatorOptions options =
        new SimulatorOptions(
            port, rateLimit, domainDelay, certificateDelay, apiKey, Clock.systemUTC());
    try (Simulator simulator = Simulator.start(options)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("simulator ready at " + simulator.url());
      out.flush();
      // SIGTERM and SIGINT end the JVM, which needs nothing of us.
      new CountDownLatch(1).await();
      return CommandLine.ExitCode.OK;
    } catch (IOException e) {
      err.println("Invalid value for option '--port': " + port + " is not free on 127.0.0.1");
      return CommandLine.ExitCode.USAGE;
    }
  }

  /** Reads a duration. */
  static final class Delay implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      try {
        return SimulatorDuration.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Reads a number or {@code none}. */
  static final class Limit implements ITypeConverter<OptionalInt> {
    @Override
    public OptionalInt convert(String value) {
      if (value.equals("none")) {
        return OptionalInt.empty();
      }
      try {
        int limit = Integer.parseInt(value);
        if (limit > 0) {
          return OptionalInt.of(limit);
        }
      } catch (NumberFormatException e) {
        // Same refusal as for a number below one.
      }
      throw new TypeConversionException("'" + value + "' is neither a number above 0 nor none");
    }
  }
}
