package dev.clinicnet.operator.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that {@code plan} refuses before it sends a request. */
class PlanCallTest {
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"Foo_", "", "a.b"})
  void aNamespaceIsADNSLabel(String namespace) {
    PlanRun run = PlanRun.on(NOBODY, "examples", "--namespace", namespace);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("--namespace", "'" + namespace + "' is not the name of a namespace")
        .contains("plan --help")
        .hasLineCount(1);
  }

  @Test
  void aFileWithoutAnObjectIsNotTakenForNoChanges() throws IOException {
    Path empty = Files.writeString(directory.resolve("empty.yaml"), "# Nothing yet.\n");

    PlanRun run = PlanRun.on(NOBODY, empty.toString(), "--instance", "one");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("empty.yaml:1:1: error: holds no object");
  }
}
