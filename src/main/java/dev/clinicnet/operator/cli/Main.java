package dev.clinicnet.operator.cli;

import dev.clinicnet.operator.cli.completion.CompletionCommand;
import dev.clinicnet.operator.cli.imports.ImportCommand;
import dev.clinicnet.operator.cli.inventory.InventoryCommand;
import dev.clinicnet.operator.cli.kit.KitCommand;
import dev.clinicnet.operator.cli.lint.LintCommand;
import dev.clinicnet.operator.cli.plan.PlanCommand;
import dev.clinicnet.operator.cli.run.RunCommand;
import dev.clinicnet.operator.cli.session.CloseCommand;
import dev.clinicnet.operator.cli.session.OpenCommand;
import dev.clinicnet.operator.cli.siteaccess.SiteAccessCommand;
import dev.clinicnet.operator.cli.status.StatusCommand;
import dev.clinicnet.operator.cli.takeover.TakeOverCommand;
import dev.clinicnet.simulator.SimulatorCommand;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** The command line. Without a command, it runs {@code run}. */
@Command(
    name = "clinic-operator",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Line.class,
    description = "Connects clinics to a cloud, through ngrok. Without a command: run.",
    commandListHeading = "Commands, in the order in which you may need them:%n")
public final class Main {
  private static final Set<String> OWN_OPTIONS = Set.of("-h", "--help", "-V", "--version");

  private static final String HELP = "help";

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
    CommandLine commands =
        new CommandLine(new Main())
            .addSubcommand(new LintCommand())
            .addSubcommand(PlanCommand.commandLine(environment, System.in))
            .addSubcommand(ImportCommand.commandLine(environment))
            .addSubcommand(TakeOverCommand.commandLine(environment, System.in))
            .addSubcommand(RunCommand.commandLine(environment))
            .addSubcommand(StatusCommand.commandLine(environment))
            .addSubcommand(KitCommand.commandLine(environment))
            .addSubcommand(SiteAccessCommand.commandLine(environment))
            .addSubcommand(OpenCommand.commandLine(environment))
            .addSubcommand(CloseCommand.commandLine(environment))
            .addSubcommand(InventoryCommand.commandLine(environment, System.in))
            .addSubcommand(new SimulatorCommand())
            .addSubcommand(new CompletionCommand())
            .addSubcommand(new VersionCommand())
            .setParameterExceptionHandler(errors)
            .setExecutionExceptionHandler(errors);
    commands
        .getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().versionProvider(new VersionCommand.Line()));
    return commands;
  }

  /** Runs the named command, or {@code run} if there is none, and returns its exit code. */
  public static int execute(CommandLine commands, String... args) {
    if (args.length == 0 || (args[0].startsWith("-") && !OWN_OPTIONS.contains(args[0]))) {
      return commands.execute(
          Stream.concat(Stream.of(RunCommand.NAME), Stream.of(args)).toArray(String[]::new));
    }
    if (args[0].equals(HELP)) {
      return help(commands, args);
    }
    // After an unknown command, --help would show the help of the whole command line.
    boolean known = args[0].startsWith("-") || commands.getSubcommands().containsKey(args[0]);
    return known ? commands.execute(args) : commands.execute(args[0]);
  }

  /** {@code help lint} is {@code lint --help}. */
  private static int help(CommandLine commands, String... args) {
    return args.length == 1 || args[1].startsWith("-")
        ? commands.execute("--help")
        : execute(commands, args[1], "--help");
  }
}
