package dev.clinicnet.demo;

import dev.clinicnet.operator.cli.CommandErrors;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The demo: it shows the main job, from a checkout. It is not in the jar. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Sets up three clinics of examples/ in a simulated ngrok account, and checks the result.")
public final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--real",
      description =
          "Use a real kube-apiserver and etcd instead of the embedded API. They are built first if they are missing.")
  private boolean real;

  /** Who plays the sites. The names are those of the option's values. */
  enum Agents {
    SIMULATED,
    REAL
  }

  @Option(
      names = "--agent",
      paramLabel = "KIND",
      defaultValue = "SIMULATED",
      description =
          "Who plays the sites: simulated, or real for agents on ngrok's own Go SDK, which are built first if they are missing.")
  private Agents agents;

  @Option(names = "--stay", description = "Keep everything running afterwards, until Ctrl-C.")
  private boolean stay;

  @Option(names = "--verbose", description = "Show the operator's log, and stack traces.")
  private boolean verbose;

  /** Made by picocli. */
  public DemoCommand() {}

  /** Runs the demo and ends the process: 0 means that all checks passed. */
  public static void main(String[] args) {
    CommandErrors errors = new CommandErrors();
    System.exit(
        new CommandLine(new DemoCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(errors)
            .setExecutionExceptionHandler(errors)
            .execute(args));
  }

  @Override
  public Integer call() {
    if (!Checkout.isPresent()) {
      System.err.println(
          "The demo runs from the directory of a checkout: mvn -q compile exec:java@demo");
      return CommandLine.ExitCode.USAGE;
    }
    boolean colour = CommandLine.Help.Ansi.AUTO.enabled();
    return new Demo(
            new DemoOptions(
                real, agents == Agents.REAL, stay, verbose, DemoOptions.LIMIT, Optional.empty()),
            new Screen(System.out, colour))
        .run();
  }
}
