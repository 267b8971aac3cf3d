package dev.clinicnet.operator;

import dev.clinicnet.operator.run.OptionVariables;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with a command, and what to do. */
final class CommandErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    StringBuilder line = new StringBuilder(e.getMessage().replaceAll("\\s*\\R\\s*", " "));
    OptionVariables.source(e, args).ifPresent(v -> line.append(" (set by ").append(v).append(')'));
    if (e instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      line.append(". Did you mean ").append(String.join(" or ", unmatched.getSuggestions()));
      line.append('?');
    }
    if (line.charAt(line.length() - 1) != '?') {
      line.append(". See '").append(command.getCommandSpec().qualifiedName()).append(" --help'.");
    }
    command.getErr().println(line);
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parseResult) {
    // Nobody foresaw it, so that whoever mends it needs the trace.
    LoggerFactory.getLogger(CommandErrors.class).error("{} failed", command.getCommandName(), e);
    return ExitCode.SOFTWARE;
  }
}
