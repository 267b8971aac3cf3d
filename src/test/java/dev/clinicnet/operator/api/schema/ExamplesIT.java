package dev.clinicnet.operator.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.kubernetes.FreshNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples as a user applies them. */
class ExamplesIT {

  @RegisterExtension final FreshNamespace namespace = FreshNamespace.withoutControllers();

  @ParameterizedTest
  @CsvSource({"clinic1, 4", "clinic2, 3", "tls, 5", "access, 5"})
  void everyManifestIsAcceptedIntoAnyNamespace(String directory, int manifests) {
    String applied =
        namespace
            .kubernetes()
            .kubectl(
                "apply",
                "--server-side",
                "--validate=strict",
                "--namespace",
                namespace.name(),
                "-f",
                "examples/" + directory);

    assertThat(applied.lines()).hasSize(manifests).allMatch(l -> l.endsWith("serverside-applied"));
  }

  /** Each call makes another one, so that it is created and never applied. */
  @Test
  void aSessionIsCreatedAsOftenAsSomebodyAsks() {
    String[] create = {
      "create",
      "--validate=strict",
      "--namespace",
      namespace.name(),
      "-f",
      "examples/session/session.yaml",
      "-o",
      "name"
    };

    String first = namespace.kubernetes().kubectl(create).strip();
    String second = namespace.kubernetes().kubectl(create).strip();

    assertThat(first).matches("clinicsession.clinicnet.dev/dashboard-[a-z0-9]+");
    assertThat(second)
        .matches("clinicsession.clinicnet.dev/dashboard-[a-z0-9]+")
        .isNotEqualTo(first);
  }

  /** So that no example is left out here. */
  @Test
  void theseAreAllExamples() throws IOException {
    try (Stream<Path> directories = Files.list(Path.of("examples"))) {
      assertThat(directories.map(directory -> directory.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "clinic1",
              "clinic2",
              "tls",
              "access",
              "session",
              // A script, which has a test of its own.
              "ci");
    }
  }

  @ParameterizedTest
  @CsvSource({"clinic1", "clinic2", "tls", "access"})
  void applyingTwiceChangesNothing(String directory) {
    String[] apply = {
      "apply", "--server-side", "-n", namespace.name(), "-f", "examples/" + directory
    };
    String[] versions = {
      "get",
      "clinicnet",
      "-n",
      namespace.name(),
      "-o",
      "jsonpath={.items[*].metadata.resourceVersion}"
    };
    namespace.kubernetes().kubectl(apply);
    String before = namespace.kubernetes().kubectl(versions);

    namespace.kubernetes().kubectl(apply);

    assertThat(namespace.kubernetes().kubectl(versions)).isEqualTo(before);
  }
}
