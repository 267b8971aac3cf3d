package dev.clinicnet.operator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final Path EXAMPLE = Path.of("examples/clinic1");
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)[^)]*\\)");

  private final String readme = read(Path.of("README.md"));

  @Test
  void itsManifestsAreThoseOfTheExampleWithoutComments() {
    List<String> blocks = groups(YAML);

    assertThat(blocks)
        .containsExactly(
            withoutComments(EXAMPLE.resolve("clinic.yaml"))
                + "---\n"
                + withoutComments(EXAMPLE.resolve("patient-db.yaml")));
  }

  @Test
  void itsLinksLeadSomewhere() {
    assertThat(groups(LINK)).isNotEmpty().allMatch(link -> Files.exists(Path.of(link)));
  }

  private List<String> groups(Pattern pattern) {
    return pattern.matcher(readme).results().map((MatchResult match) -> match.group(1)).toList();
  }

  private static String withoutComments(Path file) {
    return read(file)
        .lines()
        .filter(line -> !line.strip().startsWith("#"))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
