package dev.clinicnet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The results that docs/scale.md shows are within the bounds that count as met. */
class StoredResultsTest {
  private static final Bounds BOUNDS = Bounds.read();

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
