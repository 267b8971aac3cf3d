package dev.clinicnet.operator.cli.plan;

import dev.clinicnet.operator.cli.Environment;
import dev.clinicnet.operator.cli.Main;
import dev.clinicnet.testkit.RunningOperator;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * One run of {@code plan} through the command line.
 *
 * @param out its output
 * @param err its error output
 */
public record PlanRun(int code, String out, String err) {

  /** Runs it on an account. */
  public static PlanRun on(URI account, String... arguments) {
    return with(
        Map.of("NGROK_API_URL", account.toString(), "NGROK_API_KEY", RunningOperator.API_KEY),
        arguments);
  }

  /** Runs it with these variables. */
  static PlanRun with(Map<String, String> variables, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commands =
        Main.commandLine(new Environment(new HashMap<>(variables), Path.of("nowhere")))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err, true));
    int code =
        Main.execute(
            commands,
            Stream.concat(Stream.of("plan"), Arrays.stream(arguments)).toArray(String[]::new));
    return new PlanRun(code, out.toString(), err.toString());
  }
}
