package dev.clinicnet.operator.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.ngrok.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reasons, condition types and failures are part of the API: each is spoken of by some test. */
class CoverageTest {
  private static final String TESTS = tests();

  @ParameterizedTest
  @ValueSource(classes = {Reason.class, ConditionType.class, Failure.class})
  void everyConstantIsNamedBySomeTest(Class<? extends Enum<?>> constants) {
    List<String> unnamed =
        Arrays.stream(constants.getEnumConstants())
            .map(Enum::name)
            .filter(name -> !Pattern.compile("\\b" + name + "\\b").matcher(TESTS).find())
            .toList();

    assertThat(unnamed).as("constants that no test names").isEmpty();
  }

  private static String tests() {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(CoverageTest::text)
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
