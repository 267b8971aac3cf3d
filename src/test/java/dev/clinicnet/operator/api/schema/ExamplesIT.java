package dev.clinicnet.operator.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.testkit.FreshNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples as a user applies them. */
class ExamplesIT {

  @RegisterExtension final FreshNamespace namespace = FreshNamespace.withoutControllers();

  @ParameterizedTest
  @CsvSource({"clinic1, 4", "clinic2, 3", "tls, 5", "access, 5", "tenants/clinics-east, 4"})
  void everyManifestIsAcceptedIntoAnyNamespace(String directory, int manifests) {
    assertThat(applied("-f", "examples/" + directory).lines())
        .hasSize(manifests)
        .allMatch(l -> l.endsWith("serverside-applied"));
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

  /** This checks that no example is left out. */
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
              "gitops",
              "tenants",
              // The script has a separate test.
              "ci",
              "unattended-site");
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
    observe();
    String before = namespace.kubernetes().kubectl(versions);

    namespace.kubernetes().kubectl(apply);

    assertThat(namespace.kubernetes().kubectl(versions)).isEqualTo(before);
  }

  /** The first write stores the default status. The operator does that at once. */
  private void observe() {
    String objects =
        namespace.kubernetes().kubectl("get", "clinicnet", "-n", namespace.name(), "-o", "name");
    for (String object : objects.lines().toList()) {
      namespace
          .kubernetes()
          .kubectl(
              "patch",
              object,
              "-n",
              namespace.name(),
              "--subresource=status",
              "--type=merge",
              "--patch={\"status\": {\"observedGeneration\": 1}}");
    }
  }

  /** The kinds of others are stand-ins here; dev/argocd tries those of Argo CD on their types. */
  @ParameterizedTest
  @CsvSource({"argocd, 3", "flux, 5"})
  void whatGitOpsToolsAreGivenIsAccepted(String tool, int manifests) {
    assertThat(applied("--recursive", "-f", "examples/gitops/" + tool).lines())
        .hasSize(manifests)
        .allMatch(l -> l.endsWith("serverside-applied"));
  }

  /**
   * Applies the common part with the patches of Argo CD and Flux for a clinic, and without patches.
   */
  @ParameterizedTest
  @CsvSource({
    "-f, src/test/resources/gitops/lakeside.yaml",
    "-f, src/test/resources/gitops/hillside.yaml",
    "-k, examples/gitops/site"
  })
  void whatGitOpsToolsApplyIsAccepted(String option, String manifests) {
    assertThat(applied(option, manifests).lines())
        .hasSize(4)
        .allMatch(l -> l.endsWith("serverside-applied"));
  }

  @Test
  void argoCDsSettingsTakeTheRulesBesideWhatIsThere() {
    namespace
        .kubernetes()
        .kubectl(
            "create", "configmap", "argocd-cm", "-n", namespace.name(), "--from-literal=url=https");

    namespace
        .kubernetes()
        .kubectl(
            "patch",
            "configmap",
            "argocd-cm",
            "-n",
            namespace.name(),
            "--patch-file",
            "deploy/argocd/argocd-cm.yaml");

    assertThat(namespace.admin().configMaps().withName("argocd-cm").get().getData())
        .containsEntry("url", "https")
        .hasSize(4);
  }

  /** The output of kubectl for applied manifests. */
  private String applied(String... manifests) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "apply", "--server-side", "--validate=strict", "--namespace", namespace.name()));
    command.addAll(List.of(manifests));
    return namespace.kubernetes().kubectl(command.toArray(String[]::new));
  }
}
