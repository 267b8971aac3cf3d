package dev.clinicnet.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The places that name the version. {@code dev/version} writes all of them. */
class VersionTest {
  private static final Pattern IN_POM = Pattern.compile("(?m)^  <version>([^<]+)</version>");
  private static final Pattern DATE_IN_POM = Pattern.compile("outputTimestamp>([^T<]+)T");
  private static final Pattern RELEASE = Pattern.compile("(?m)^## (\\d\\S*) - (\\S+)$");
  private static final Pattern NAMED =
      Pattern.compile("(?:clinic-operator[:-]|newTag: |\\bVERSION=)(\\d+\\.\\d+\\.\\d+)\\b");

  private final String pom = read(Path.of("pom.xml"));
  private final String version = first(IN_POM, pom).group(1);
  private final String number = version.replace("-SNAPSHOT", "");

  @Test
  void theChartHasTheVersionOfTheProgram() throws IOException {
    JsonNode chart = new YAMLMapper().readTree(read(Path.of("helm/clinic-operator/Chart.yaml")));

    assertThat(chart.path("version").asText()).isEqualTo(number);
    assertThat(chart.path("appVersion").asText()).isEqualTo(number);
  }

  @Test
  void manifestsAndPagesNameTheImageOfThisVersion() throws IOException {
    assertThat(named(Path.of("deploy"))).containsExactly(number);
    assertThat(named(Path.of("docs"))).hasSizeGreaterThan(10).containsOnly(number);
    for (String page : List.of("README.md", "CONTRIBUTING.md", "Dockerfile")) {
      assertThat(named(Path.of(page))).as(page).isNotEmpty().containsOnly(number);
    }
  }

  /** Only the commit of a release has a version without a suffix. */
  @Test
  void aReleaseIsInTheChangelogWithItsDateAndHasASnapshot() {
    MatchResult latest = first(RELEASE, read(Path.of("CHANGELOG.md")));
    boolean isRelease = version.equals(number);

    assertThat(latest.group(1).equals(number)).isEqualTo(isRelease);
    assertThat(Files.isDirectory(Path.of("src/test/compat", number))).isEqualTo(isRelease);
    if (isRelease) {
      assertThat(first(DATE_IN_POM, pom).group(1)).isEqualTo(latest.group(2));
    }
  }

  private static List<String> named(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().matches(".*(\\.md|\\.yaml|Dockerfile)"))
          .map(VersionTest::read)
          .flatMap(text -> NAMED.matcher(text).results())
          .map(match -> match.group(1))
          .toList();
    }
  }

  private static MatchResult first(Pattern pattern, String text) {
    return pattern.matcher(text).results().findFirst().orElseThrow();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
