package dev.clinicnet.operator.cli.completion;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code completion}: prints the script with which a shell completes commands and options. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:The script was printed.", "2:Wrong usage."},
    description = {
      "Prints a script that lets bash or zsh complete commands and options.",
      "Use it in ~/.bashrc or ~/.zshrc: source <(clinic-operator completion)"
    })
public final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** The command. */
  public CompletionCommand() {}

  @Override
  public Integer call() {
    CommandLine all = spec.root().commandLine();
    spec.commandLine().getOut().print(AutoComplete.bash(all.getCommandName(), all));
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}
