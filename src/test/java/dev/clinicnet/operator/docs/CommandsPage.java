package dev.clinicnet.operator.docs;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code docs/reference/options.md}. */
final class CommandsPage {
  private static final String HEAD =
      """
      <!-- Generated from the commands of the program: change them, not this file. -->
      # Options and exit codes

      This page lists every command of `clinic-operator` with its options and exit codes, as
      `clinic-operator COMMAND --help` shows them. Without a command, it runs `run`. Every command
      has `--help` and `--version`. An error is one line on standard error.
      """;

  private CommandsPage() {}

  static String write(CommandLine commands) {
    return HEAD
        + commands.getSubcommands().values().stream()
            .distinct()
            .filter(command -> !command.getCommandSpec().usageMessage().hidden())
            .map(command -> section(command.getCommandSpec()))
            .collect(Collectors.joining());
  }

  private static String section(CommandSpec command) {
    StringBuilder text = new StringBuilder("\n## " + command.name() + "\n\n");
    text.append(String.join(" ", command.usageMessage().description())).append("\n");
    String arguments =
        command.positionalParameters().stream()
            .map(argument -> row(label(argument), argument))
            .collect(Collectors.joining());
    String options =
        command.options().stream()
            .filter(option -> !option.usageHelp() && !option.versionHelp() && !option.hidden())
            .map(option -> row(label(option), option))
            .collect(Collectors.joining());
    if (!(arguments + options).isEmpty()) {
      text.append("\n| Argument or option | Meaning |\n|---|---|\n" + arguments + options);
    }
    Map<String, String> codes = command.usageMessage().exitCodeList();
    if (!codes.isEmpty()) {
      text.append("\n| Exit code | Meaning |\n|---|---|\n");
      codes.forEach((code, meaning) -> text.append("| " + code + " | " + meaning + " |\n"));
    }
    return text.toString();
  }

  private static String label(PositionalParamSpec argument) {
    return argument.paramLabel() + (argument.arity().max() > 1 ? "…" : "");
  }

  private static String label(OptionSpec option) {
    String names =
        Arrays.stream(option.names())
            .map(name -> option.negatable() ? name.replace("--", "--[no-]") : name)
            .collect(Collectors.joining(", "));
    return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
  }

  private static String row(String label, ArgSpec argument) {
    String meaning =
        String.join(" ", argument.description())
            .replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValue()))
            .replace("<", "&lt;")
            .replace("*", "\\*")
            .replace("|", "\\|");
    return "| `" + label + "` | " + meaning + " |\n";
  }
}
