package dev.clinicnet.operator.docs;

import static dev.clinicnet.operator.api.schema.GeneratedFile.assertCurrent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.cli.Environment;
import dev.clinicnet.operator.cli.Main;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Keeps the pages of {@code docs/reference} as the code says. */
class ReferencePagesTest {
  private static final Path REFERENCE = Path.of("docs/reference");

  @Test
  void theMetricsAreThoseThatTheCodeRegisters() throws IOException {
    assertCurrent(
        REFERENCE.resolve("metrics.md"),
        MetricsPage.write(RegisteredMetrics.in(Path.of("src/main/java"))));
  }

  @Test
  void theEventsAreThoseOfTheCode() throws IOException {
    assertCurrent(REFERENCE.resolve("events.md"), EventsPage.write());
  }

  @Test
  void theCommandsAreThoseOfTheProgram() throws IOException {
    assertCurrent(REFERENCE.resolve("options.md"), CommandsPage.write(commands()));
  }

  @Test
  void everyCommandSaysItsExitCodes() {
    assertThat(commands().getSubcommands().values())
        .allSatisfy(
            command ->
                assertThat(command.getCommandSpec().usageMessage().exitCodeList().keySet())
                    .as(command.getCommandName() + ": exitCodeList of its @Command")
                    .contains("0")
                    .hasSizeGreaterThan(1));
  }

  private static CommandLine commands() {
    return Main.commandLine(new Environment(Map.of(), Path.of("nowhere")));
  }
}
