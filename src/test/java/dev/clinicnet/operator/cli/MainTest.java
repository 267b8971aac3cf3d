package dev.clinicnet.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

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
  void helpNamesTheCommandsInTheOrderOfUse() {
    assertThat(execute("--help")).isZero();
    assertThat(out.toString().lines().filter(line -> line.matches("  [a-z-]+ .*")))
        .extracting(line -> line.strip().replaceAll(" .*", ""))
        .containsSubsequence(
            "lint",
            "plan",
            "import",
            "take-over",
            "run",
            "status",
            "kit",
            "site-access",
            "open",
            "close",
            "inventory",
            "simulator",
            "completion",
            "version");
  }

  @Test
  void whatHelpSaysOfACommandIsOneSentence() {
    assertThat(commands().getSubcommands().values())
        .extracting(command -> command.getCommandSpec().usageMessage().description()[0])
        .allMatch(line -> line.matches("[A-Z].*[^.]\\."));
  }

  @Test
  void everyPlaceholderIsInCapitals() {
    assertThat(commands().getSubcommands().values())
        .flatExtracting(command -> command.getCommandSpec().args())
        .filteredOn(argument -> argument.arity().max() > 0)
        .extracting(ArgSpec::paramLabel)
        .isNotEmpty()
        .allMatch(label -> label.matches("[A-Z]+(:[A-Z]+)?"));
  }

  @ParameterizedTest
  @CsvSource({
    "lnit, lint",
    "plna, plan",
    "Run, run",
    "inventroy, inventory",
    "simulater, simulator"
  })
  void aMistypedCommandIsCorrected(String typed, String meant) {
    assertThat(execute(typed)).isEqualTo(2);
    assertThat(err.toString()).contains("'" + typed + "'. Did you mean " + meant + "?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"frobnicate", "start", "apply"})
  void whatResemblesNoCommandIsNotCorrected(String typed) {
    assertThat(execute(typed)).isEqualTo(2);
    assertThat(err.toString()).doesNotContain("Did you mean").contains("clinic-operator --help");
  }

  @Test
  void anUnknownCommandIsOneLineAndAUsageError() {
    assertThat(execute("walk")).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("'walk'", "clinic-operator --help");
  }

  @Test
  void helpForAnUnknownCommandIsNotTheHelpForAll() {
    assertThat(execute("frobnicate", "--help")).isEqualTo(2);
    assertThat(err.toString()).contains("'frobnicate'").hasLineCount(1);
    assertThat(execute("help", "frobnicate")).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lint",
        "plan",
        "import",
        "take-over",
        "run",
        "status",
        "kit",
        "site-access",
        "open",
        "close",
        "inventory",
        "simulator",
        "completion",
        "version"
      })
  void helpBeforeACommandIsItsHelp(String command) {
    assertThat(execute("help", command)).isZero();
    assertThat(out.toString()).startsWith("Usage: clinic-operator " + command);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void helpAloneIsThatForAll() {
    assertThat(execute("help")).isZero();
    assertThat(out.toString()).startsWith("Usage: clinic-operator [").contains("Commands");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lint",
        "plan",
        "import",
        "take-over",
        "run",
        "status",
        "kit",
        "site-access",
        "open",
        "close",
        "inventory",
        "simulator",
        "completion",
        "version"
      })
  void everyCommandSaysItsVersion(String command) {
    assertThat(execute(command, "--version")).isZero();
    assertThat(out.toString()).matches("clinic-operator \\d+\\.\\d+\\.\\d+\\S* \\(Java .+\\)\\R");
  }

  @Test
  void aWrongOptionOfTheSimulatorSaysWhereItsHelpIs() {
    assertThat(execute("simulator", "--port", "many")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--port", "'many'", ". See 'clinic-operator simulator --help'.")
        .hasLineCount(1);
  }

  @Test
  void versionIsThatOfTheBuild() {
    assertThat(execute("version")).isZero();
    assertThat(out.toString()).matches("clinic-operator \\d+\\.\\d+\\.\\d+\\S* \\(Java .+\\)\\R");
  }

  @Test
  void aFailureThatNobodyForesawIsNoUsageError() {
    CommandLine commands = commands().addSubcommand("fail", new Failing());
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

  private static CommandLine commands() {
    return Main.commandLine(new Environment(Map.of(), Path.of("nowhere")));
  }

  private int execute(String... args) {
    CommandLine commands =
        commands().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
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
