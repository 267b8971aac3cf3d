package dev.clinicnet.operator.cli.run;

import static org.junit.jupiter.api.Assertions.fail;

import dev.clinicnet.operator.cli.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Keeps the tables of options in {@code docs/configuration.md} as the options are. */
class ConfigurationDocTest {
  private static final Path DOC = Path.of("docs/configuration.md");
  private static final String BEGIN = "<!-- options: checked by ConfigurationDocTest -->\n";
  private static final String BEGIN_HIDDEN =
      "<!-- hidden options: checked by ConfigurationDocTest -->\n";
  private static final String END = "<!-- /options -->";

  @Test
  void theTablesAreWhatTheOptionsSay() throws IOException {
    String doc = Files.readString(DOC);
    String expected = withTable(withTable(doc, BEGIN, false), BEGIN_HIDDEN, true);

    if (!doc.equals(expected)) {
      Files.writeString(DOC, expected);
      fail(DOC + " was not what the options say. It has been rewritten: review and commit it");
    }
  }

  private static String withTable(String doc, String begin, boolean hidden) {
    int start = doc.indexOf(begin) + begin.length();
    return doc.substring(0, start) + table(hidden) + doc.substring(doc.indexOf(END, start));
  }

  private static String table(boolean hidden) {
    CommandLine command = RunCommand.commandLine(new Environment(Map.of(), Path.of("nowhere")));
    return command.getCommandSpec().options().stream()
        .filter(option -> !option.usageHelp() && !option.versionHelp())
        .filter(option -> option.hidden() == hidden)
        .map(ConfigurationDocTest::row)
        .collect(Collectors.joining("", "| Option | Variable | Meaning |\n|---|---|---|\n", ""));
  }

  private static String row(OptionSpec option) {
    String name =
        option.negatable()
            ? option.longestName().replace("--", "--[no-]")
            : option.longestName() + " " + option.paramLabel();
    String meaning = String.join(" ", option.description());
    return "| `" + name + "` | `" + OptionVariables.name(option) + "` | " + meaning + " |\n";
  }
}
