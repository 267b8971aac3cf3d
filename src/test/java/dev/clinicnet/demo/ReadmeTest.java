package dev.clinicnet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README is short, and everything in it is true. */
class ReadmeTest {
  private static final Path README = Path.of("README.md");
  private static final Path DOCS = Path.of("docs");
  private static final Path FIRST_STEPS = DOCS.resolve("first-steps.md");
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)[^)]*\\)");
  private static final int SCREEN_AND_A_HALF = 75;
  private static final int SCREEN = 45;

  @Test
  void itFitsAScreenAndAHalfWithTheTwoCommandsOnTheFirst() {
    List<String> lines = read(README).lines().toList();

    assertThat(lines).hasSizeLessThanOrEqualTo(SCREEN_AND_A_HALF);
    assertThat(lines.subList(0, SCREEN)).contains("mvn -q compile exec:java@demo", "mvn verify");
  }

  @Test
  void itsManifestsAreThoseOfTheFirstStepsWhichAreTried() {
    assertThat(groups(YAML, README)).hasSize(1).isEqualTo(groups(YAML, FIRST_STEPS));
  }

  @Test
  void itsInstallationIsThatOfTheFirstSteps() {
    List<String> steps = read(FIRST_STEPS).lines().toList();

    assertThat(read(README).lines())
        .filteredOn(line -> line.matches("(kubectl|helm|  --set).*"))
        .hasSize(4)
        .isSubsetOf(steps);
  }

  @Test
  void itSaysWhatANewcomerNeedsAndWhereToGoOn() {
    assertThat(read(README))
        .contains(
            "plan Pay-as-you-go", "Kubernetes 1.30 or later", "an administrator of that account")
        .contains("target/clinic-operator.jar", "docker build -t", "image.repository=")
        .contains("take the site kit out of its Secret", "docs/first-steps.md", "docs/README.md");
  }

  static List<Path> pages() {
    return Stream.concat(Stream.of(README, Path.of("CONTRIBUTING.md")), docs().stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(Path page) {
    assertThat(groups(LINK, page))
        .allMatch(link -> Files.exists(page.resolveSibling(link).normalize()));
  }

  @Test
  void everyPageIsInTheListOfPages() {
    List<String> linked = groups(LINK, DOCS.resolve("README.md"));

    assertThat(docs())
        .extracting(page -> page.getFileName().toString())
        .filteredOn(page -> !page.equals("README.md"))
        .isNotEmpty()
        .isSubsetOf(linked);
  }

  private static List<Path> docs() {
    try (Stream<Path> files = Files.list(DOCS)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> groups(Pattern pattern, Path page) {
    return pattern
        .matcher(read(page))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
