package dev.clinicnet.operator.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClusterExitTest {
  private static final Path TESTS = Path.of("src/test/java/dev/clinicnet/operator/cli");

  @ParameterizedTest
  @EnumSource(ClusterExit.class)
  void everyExitCodeIsExpectedBySomeTestAndExplained(ClusterExit exit) throws IOException {
    assertThat(
            Files.readString(TESTS.resolve("status/StatusIT.java"))
                + Files.readString(TESTS.resolve("kit/KitIT.java"))
                + Files.readString(TESTS.resolve("session/OpenAndCloseIT.java")))
        .contains("isEqualTo(ClusterExit." + exit.name() + ".code())");
    assertThat(Files.readString(Path.of("docs/commands.md")))
        .containsPattern("\\| " + exit.code() + " \\| [a-zA-Z`]");
  }
}
