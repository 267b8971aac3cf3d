package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulatorErrorTest {
  private static final Path TESTS = Path.of("src/test/java/dev/clinicnet/simulator");

  @ParameterizedTest
  @EnumSource(SimulatorError.class)
  void hasAText(SimulatorError error) {
    Object[] values = {"a", "b", "c", "d"};
    assertThat(error.with(values).getMessage()).isNotBlank().doesNotContain("%");
  }

  @ParameterizedTest
  @EnumSource(SimulatorError.class)
  void isNamedByATest(SimulatorError error) throws IOException {
    String sources;
    try (var files = Files.walk(TESTS)) {
      sources =
          files
              .filter(Files::isRegularFile)
              .map(
                  file -> {
                    try {
                      return Files.readString(file);
                    } catch (IOException e) {
                      throw new IllegalStateException(e);
                    }
                  })
              .collect(Collectors.joining());
    }
    assertThat(Pattern.compile(error.code() + "\\b").matcher(sources).find())
        .as("a test names %s", error.code())
        .isTrue();
  }
}
