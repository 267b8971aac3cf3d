package dev.clinicnet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * The results that docs/scale.md shows are those of {@code bench/scale}, and within the bounds that
 * count as met.
 */
class StoredResultsTest {
  private static final Bounds BOUNDS = Bounds.read();

  /** The sizes of a branch of {@code bench/scale}, such as {@code 10 | 100)}. */
  private static final Pattern SIZES = Pattern.compile("^ +(\\w+(?: \\| \\w+)*)\\)");

  /** What such a branch measures. */
  private static final Pattern MEASURED = Pattern.compile("\\bmeasure ([a-z].*?)(?: ;;)?$");

  static List<Path> results() throws IOException {
    try (Stream<Path> files = Files.list(ScalePage.RESULTS)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("results")
  void isWithinItsBounds(Path file) throws IOException {
    JsonNode result = new ObjectMapper().readTree(file.toFile());

    assertThat(
            BOUNDS.judge(
                result.path("scenario").asText(),
                result.path("limit").asText().equals("real"),
                result.path("clinics").asInt(),
                result.path("factor").asInt(),
                figures(result)))
        .isNotEmpty()
        .noneMatch(Bounds.Judgement::fails);
  }

  @Test
  void areThoseOfTheOneCommand() throws IOException {
    assertThat(results())
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrderElementsOf(named(Files.readAllLines(Path.of("bench/scale"))));
  }

  /** The files in which {@code bench/scale} stores what it measures. */
  private static Set<String> named(List<String> script) {
    Set<String> files = new TreeSet<>();
    String[] sizes = {};
    for (String line : script) {
      Matcher branch = SIZES.matcher(line);
      if (branch.find()) {
        sizes = branch.group(1).split(" \\| ");
      }
      Matcher measured = MEASURED.matcher(line);
      if (measured.find()) {
        for (String size : sizes) {
          // No other variable names a file.
          String words = measured.group(1).replace("\"$size\"", size);
          files.addAll(files(words.replaceAll("\"?\\$\\w+\"?", "1").split(" ")));
        }
      }
    }
    return files;
  }

  private static List<String> files(String... words) {
    BenchCommand command = CommandLine.populateCommand(new BenchCommand(), words);
    return command.scenarios.stream()
        .map(name -> Results.file(name, command.clinics, command.limit.name()))
        .toList();
  }

  private static Figures figures(JsonNode result) {
    Figures figures = new Figures();
    result
        .path("figures")
        .properties()
        .forEach(
            group ->
                group
                    .getValue()
                    .properties()
                    .forEach(
                        figure ->
                            figures.put(
                                group.getKey(), figure.getKey(), figure.getValue().asDouble())));
    return figures;
  }
}
