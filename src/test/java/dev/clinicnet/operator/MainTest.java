package dev.clinicnet.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinicnet.operator.run.Environment;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void withoutACommandItRuns() {
    assertThat(execute()).isEqualTo(2);
    assertThat(err.toString()).startsWith("No API key");
  }

  @Test
  void optionsWithoutACommandAreThoseOfRun() {
    assertThat(execute("--http-port", "0")).isEqualTo(2);
    assertThat(err.toString()).startsWith("No API key");
  }

  @Test
  void helpNamesTheCommands() {
    assertThat(execute("--help")).isZero();
    assertThat(out.toString()).contains("run", "lint", "simulator", "version");
  }

  @Test
  void anUnknownCommandIsOneLineAndAUsageError() {
    assertThat(execute("walk")).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("'walk'", "clinic-operator --help");
  }

  @Test
  void versionIsThatOfTheBuild() {
    assertThat(execute("version")).isZero();
    assertThat(out.toString()).matches("clinic-operator \\d+\\.\\d+\\.\\d+\\S* \\(Java .+\\)\\R");
  }

  @Test
  void aFailureThatNobodyForesawIsNoUsageError() {
    CommandLine commands =
        Main.commandLine(new Environment(Map.of(), Path.of("nowhere")))
            .addSubcommand("fail", new Failing());
    commands.setExecutionExceptionHandler(new CommandErrors());

    assertThat(Main.execute(commands, "fail")).isEqualTo(1);
  }

  @Test
  void theLogFormatIsTextOrJson() {
    assertThat(LogFormat.of("text")).isEqualTo(LogFormat.TEXT);
    assertThat(LogFormat.of("json")).isEqualTo(LogFormat.JSON);
    assertThat(LogFormat.of("")).isNotNull();
    assertThatThrownBy(() -> LogFormat.of("xml")).hasMessageContaining("LOG_FORMAT");
  }

  private int execute(String... args) {
    CommandLine commands =
        Main.commandLine(new Environment(Map.of(), Path.of("nowhere")))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    return Main.execute(commands, args);
  }

  @CommandLine.Command
  private static final class Failing implements Runnable {
    @Override
    public void run() {
      throw new IllegalStateException("expected by a test");
    }
  }
}
