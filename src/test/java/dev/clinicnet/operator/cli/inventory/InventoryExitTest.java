package dev.clinicnet.operator.cli.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InventoryExitTest {
  private static final Path TESTS = Path.of("src/test/java/dev/clinicnet/operator/cli/inventory");

  @ParameterizedTest
  @EnumSource(InventoryExit.class)
  void everyExitCodeIsExpectedBySomeTestAndExplained(InventoryExit exit) throws IOException {
    assertThat(
            Files.readString(TESTS.resolve("InventoryCommandTest.java"))
                + Files.readString(TESTS.resolve("InventoryDeletionTest.java")))
        .contains("isEqualTo(InventoryExit." + exit.name() + ".code())");
    assertThat(Files.readString(Path.of("docs/inventory.md")))
        .containsPattern("\\| " + exit.code() + " \\| [a-z]");
  }

  @ParameterizedTest
  @EnumSource(Holder.class)
  void everyHolderIsExplained(Holder holder) throws IOException {
    assertThat(Files.readString(Path.of("docs/inventory.md")))
        .contains("| `" + holder.code() + "` | " + holder.title() + " |");
  }
}
