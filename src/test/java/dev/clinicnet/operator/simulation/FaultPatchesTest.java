package dev.clinicnet.operator.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The patches of {@link Faults} fit the sources. Whether they are noticed takes minutes to see. */
class FaultPatchesTest {
  @ParameterizedTest
  @MethodSource("patches")
  void applies(Path patch) throws IOException, InterruptedException {
    Process git =
        new ProcessBuilder("git", "apply", "--check", "-C1", patch.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(git.waitFor()).as(said).isZero();
  }

  private static Stream<Path> patches() throws IOException {
    try (Stream<Path> files = Files.list(Faults.PATCHES)) {
      return files.sorted().toList().stream();
    }
  }
}
