package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureCoverageTest {

  @ParameterizedTest
  @EnumSource(Failure.class)
  void everyFailureIsExpectedBySomeTest(Failure failure) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/java/dev/clinicnet/operator/ngrok"))) {
      String tests = files.map(FailureCoverageTest::text).collect(Collectors.joining());
      assertThat(tests).contains("isEqualTo(Failure." + failure.name() + ")");
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
