package dev.clinicnet.operator.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.cli.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;

/** Every option of {@code run} is a value of the chart, under a name that one can guess. */
class ChartOptionsTest {
  private static final Path CHART = Path.of("helm/clinic-operator");

  @Test
  void everyOptionHasAValueThatTheTemplateHandsOn() throws IOException {
    String values = Files.readString(CHART.resolve("values.yaml"));
    String template = Files.readString(CHART.resolve("templates/_arguments.tpl"));

    for (OptionSpec option : options()) {
      String value = value(option);
      assertThat(values.lines())
          .as("value of %s", option)
          .anyMatch(l -> l.startsWith(value.replaceFirst("\\..*", "") + ":"));
      assertThat(template)
          .as("%s in the template", option)
          .contains(".Values." + value)
          .containsPattern("[\"-]" + option.longestName().substring(2) + "\\b");
    }
  }

  @Test
  void whatAnEmptyValueMeansIsTheDefaultOfTheOption() throws IOException {
    String values = Files.readString(CHART.resolve("values.yaml"));

    for (OptionSpec option : options()) {
      Matcher empty =
          Pattern.compile("Empty: ([^\\s]+)\\.\\n" + value(option) + ": \"\"\n").matcher(values);
      if (option.defaultValue() != null && !option.longestName().equals("--http-port")) {
        assertThat(empty.find()).as("default of %s", option).isTrue();
        assertThat(empty.group(1)).isEqualTo(option.defaultValue());
      }
    }
    assertThat(values).contains("\nhttpPort: 8080\n");
  }

  private static List<OptionSpec> options() {
    List<OptionSpec> options =
        RunCommand.commandLine(new Environment(Map.of(), Path.of("nowhere")))
            .getCommandSpec()
            .options()
            .stream()
            .filter(option -> ChartValues.of(option).isPresent())
            .toList();
    assertThat(options).hasSizeGreaterThan(8);
    return options;
  }

  private static String value(OptionSpec option) {
    return ChartValues.of(option).orElseThrow();
  }
}
