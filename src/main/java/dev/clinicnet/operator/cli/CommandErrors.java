package dev.clinicnet.operator.cli;

import dev.clinicnet.operator.cli.run.ChartValues;
import dev.clinicnet.operator.cli.run.OptionVariables;
import dev.clinicnet.operator.suggestion.NearestName;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints in one line what is wrong with a command, and what to do. */
public final class CommandErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private static final String RUN = "run";

  /** Handles the errors of any command. */
  public CommandErrors() {}

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    StringBuilder line = new StringBuilder(e.getMessage().replaceAll("\\s*\\R\\s*", " "));
    source(e, args).ifPresent(source -> line.append(" (").append(source).append(')'));
    if (e instanceof UnmatchedArgumentException unmatched) {
      meant(unmatched.getUnmatched().get(0), command.getCommandSpec())
          .ifPresent(name -> line.append(". Did you mean ").append(name).append('?'));
    }
    if (line.charAt(line.length() - 1) != '?') {
      line.append(". See '").append(command.getCommandSpec().qualifiedName()).append(" --help'.");
    }
    command.getErr().println(line);
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** The environment variable that a refused value of an option may come from. */
  private static Optional<String> source(ParameterException e, String[] args) {
    Optional<String> variable = OptionVariables.source(e, args).map("set by "::concat);
    return variable.isEmpty() && e.getArgSpec() instanceof OptionSpec option
        ? chartValue(option)
        : variable;
  }

  private static Optional<String> chartValue(OptionSpec option) {
    return option.command().name().equals(RUN)
        ? ChartValues.of(option).map(value -> value + " in the chart's values")
        : Optional.empty();
  }

  /** A suggestion for a mistyped option or command. */
  private static Optional<String> meant(String argument, CommandSpec spec) {
    String name = argument.replaceFirst("=.*", "");
    return NearestName.of(
        name,
        name.startsWith("-") ? spec.optionsMap().keySet() : spec.subcommands().keySet(),
        Math.max(2, name.length() / 4));
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parseResult) {
    // The failure is unexpected, so the stack trace is needed.
    LoggerFactory.getLogger(CommandErrors.class).error("{} failed", command.getCommandName(), e);
    return ExitCode.SOFTWARE;
  }
}
