package dev.clinicnet.operator.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.kubernetes.FreshNamespace;
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
