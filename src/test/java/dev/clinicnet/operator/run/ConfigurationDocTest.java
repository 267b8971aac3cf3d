package dev.clinicnet.operator.run;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Keeps the table of options in {@code docs/configuration.md} as the options are. */
class ConfigurationDocTest {
  private static final Path DOC = Path.of("docs/configuration.md");
  private static final String BEGIN = "<!-- options: checked by ConfigurationDocTest -->\n";
  private static final String END = "<!-- /options -->";

  @Test
  void theTableIsWhatTheOptionsSay() throws IOException {
    String doc = Files.readString(DOC);
    String expected =
        doc.substring(0, doc.indexOf(BEGIN) + BEGIN.length())
            + table()
            + doc.substring(doc.indexOf(END));

    if (!doc.equals(expected)) {
      Files.writeString(DOC, expected);
      fail(DOC + " was not what the options say. It has been rewritten: review and commit it");
    }
  }

  private static String table() {
    CommandLine command = RunCommand.commandLine(new Environment(Map.of(), Path.of("nowhere")));
    return command.getCommandSpec().options().stream()
        .filter(option -> !option.usageHelp() && !option.versionHelp())
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
