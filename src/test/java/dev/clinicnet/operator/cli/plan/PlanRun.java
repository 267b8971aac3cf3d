package dev.clinicnet.operator.cli.plan;

import dev.clinicnet.operator.cli.CommandRun;
import dev.clinicnet.testkit.RunningOperator;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

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
    CommandRun run =
        CommandRun.with(
            variables,
            Stream.concat(Stream.of("plan"), Arrays.stream(arguments)).toArray(String[]::new));
    return new PlanRun(run.code(), run.out(), run.err());
  }
}
