package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SimulatorCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return new CommandLine(new SimulatorCommand())
        .setParameterExceptionHandler(
            (e, given) -> {
              e.getCommandLine().getErr().println(e.getMessage());
              return CommandLine.ExitCode.USAGE;
            })
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  @ParameterizedTest
  @CsvSource({
    "--port, many",
    "--port, 70000",
    "--agent-port, many",
    "--rate-limit, 0",
    "--rate-limit, few",
    "--domain-delay, soon",
    "--certificate-delay, 5",
    "--account, west",
    "--account, default=2a_b",
  })
  void namesABadOptionAndEndsWithTwo(String option, String value) {
    assertThat(run(option, value)).isEqualTo(2);
    assertThat(err.toString().lines().toList()).singleElement().asString().contains(option);
  }

  @Test
  void saysInOneLineThatAPortIsTaken() throws IOException {
    try (Simulator other = Simulator.start(SimulatorOptions.defaults())) {
      assertThat(run("--port", String.valueOf(other.port()))).isEqualTo(2);
    }
    assertThat(err.toString().lines().toList())
        .singleElement()
        .asString()
        .contains("--port", "is not free");
  }

  @Test
  void saysInOneLineThatTheAgentPortIsTaken() throws IOException {
    try (Simulator other = Simulator.start(SimulatorOptions.defaults())) {
      int taken = other.agents().getPort();
      assertThat(run("--port", "0", "--agent-port", String.valueOf(taken))).isEqualTo(2);
    }
    assertThat(err.toString().lines().toList())
        .singleElement()
        .asString()
        .contains("--agent-port", "is not free");
  }

  @Test
  void printsItsUrlAndServesUntilItIsToldToEnd() throws InterruptedException {
    Thread command =
        new Thread(
            () ->
                run(
                    "--port=0",
                    "--rate-limit=none",
                    "--domain-delay=0",
                    "--certificate-delay=500ms",
                    "--hipaa"));
    command.setDaemon(true);
    command.start();
    await().until(() -> out.toString().lines().count() == 2);
    String line = out.toString().lines().findFirst().orElseThrow();
    assertThat(line).startsWith("simulator ready at http://127.0.0.1:");
    assertThat(out.toString().strip()).matches("(?s).*\nagents connect to localhost:\\d+");
    URI url = URI.create(line.substring(line.indexOf("http")));
    assertThat(new SimulatorClient(url).get("/credentials").status()).isEqualTo(200);
    String policy = "on_http_request: [{actions: [{type: deny}]}]";
    assertThat(
            new SimulatorClient(url)
                .post(
                    "/endpoints",
                    "{\"url\":\"http://a.internal\",\"bindings\":[\"internal\"],"
                        + "\"traffic_policy\":\""
                        + policy
                        + "\"}")
                .text("error_code"))
        .isEqualTo("ERR_NGROK_6031");
    command.interrupt();
    command.join();
  }
}
