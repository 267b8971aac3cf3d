package dev.clinicnet.operator;

import dev.clinicnet.operator.demo.DemoCommand;
import dev.clinicnet.operator.lint.LintCommand;
import dev.clinicnet.operator.preview.PlanCommand;
import dev.clinicnet.operator.run.Environment;
import dev.clinicnet.operator.run.RunCommand;
import dev.clinicnet.operator.simulator.SimulatorCommand;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** The command line: {@code run}, which is also meant when no command is named, and others. */
@Command(
    name = "clinic-operator",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Line.class,
    description = "Connects clinics to a cloud, through ngrok. Without a command: run.",
    subcommands = {
      DemoCommand.class,
      LintCommand.class,
      SimulatorCommand.class,
      VersionCommand.class
    })
public final class Main {
  private static final Set<String> OWN_OPTIONS = Set.of("-h", "--help", "-V", "--version");

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    try {
      LogFormat.of(System.getenv(LogFormat.VARIABLE)).apply();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(ExitCode.USAGE);
    }
    System.exit(execute(commandLine(Environment.ofThisProcess()), args));
  }

  /** The commands, in their surroundings. */
  public static CommandLine commandLine(Environment environment) {
    CommandErrors errors = new CommandErrors();
    return new CommandLine(new Main())
        .addSubcommand(RunCommand.commandLine(environment))
        .addSubcommand(PlanCommand.commandLine(environment, System.in))
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  /** Runs the command that is named, else {@code run}, and returns its exit code. */
  public static int execute(CommandLine commands, String... args) {
    boolean named = args.length > 0 && (!args[0].startsWith("-") || OWN_OPTIONS.contains(args[0]));
    return named
        ? commands.execute(args)
        : commands.execute(
            Stream.concat(Stream.of(RunCommand.NAME), Stream.of(args)).toArray(String[]::new));
  }
}
