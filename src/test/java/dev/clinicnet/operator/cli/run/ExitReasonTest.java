package dev.clinicnet.operator.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.controller.ExitReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExitReasonTest {

  @ParameterizedTest
  @EnumSource(ExitReason.class)
  void everyReasonIsExpectedBySomeTest(ExitReason reason) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java/dev/clinicnet/operator"))) {
      String tests =
          files
              .filter(Files::isRegularFile)
              .map(ExitReasonTest::text)
              .collect(Collectors.joining());

      assertThat(tests).containsPattern("ends\\(\\s*ExitReason\\." + reason.name() + "\\b");
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
