package dev.clinicnet.operator.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** One mistake makes one line, which names the field and what to write, in our own words. */
class MistakesTest {

  static Stream<Mistake> mistakes() {
    return Mistake.all().stream();
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void lintSaysOneThing(Mistake mistake) {
    List<String> lines =
        lint(BrokenManifest.GOOD.resolve("clinic.yaml").toString(), mistake.file().toString())
            .lines()
            .filter(line -> !line.matches("\\d+ objects?, 1 error, 0 warnings"))
            .toList();

    assertThat(lines).containsExactly(mistake.file() + ":" + mistake.says());
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void itIsNotInTheWordsOfALibrary(Mistake mistake) {
    assertThat(mistake.says()).doesNotContainPattern(Mistake.OF_A_LIBRARY);
  }

  @Test
  void thereAreManyOfEachKind() {
    List<String> names = Mistake.all().stream().map(Mistake::name).toList();

    for (String of : List.of("clinic-", "service-", "session-", "account-", "policy-", "file-")) {
      assertThat(names).filteredOn(name -> name.startsWith(of)).hasSizeGreaterThan(4);
    }
  }

  private static String lint(String... files) {
    StringWriter output = new StringWriter();
    new CommandLine(new LintCommand())
        .setOut(new PrintWriter(output))
        .setErr(new PrintWriter(output))
        .execute(files);
    return output.toString();
  }
}
