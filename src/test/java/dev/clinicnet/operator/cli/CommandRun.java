package dev.clinicnet.operator.cli;

import dev.clinicnet.testkit.RunningOperator;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine;

/**
 * One run of a command through the command line.
 *
 * @param out its output
 * @param err its error output
 */
public record CommandRun(int code, String out, String err) {

  /** Runs a command on an account whose limit it does not have to wait for. */
  public static CommandRun on(URI account, String... arguments) {
    return with(
        Map.of(
            "NGROK_API_URL",
            account.toString(),
            "NGROK_API_KEY",
            RunningOperator.API_KEY,
            "CLINIC_OPERATOR_REQUESTS_PER_MINUTE",
            "100000"),
        arguments);
  }

  /** Runs a command with these variables. */
  public static CommandRun with(Map<String, String> variables, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commands =
        Main.commandLine(new Environment(new HashMap<>(variables), Path.of("nowhere")))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err, true));
    int code = Main.execute(commands, arguments);
    return new CommandRun(code, out.toString(), err.toString());
  }
}
