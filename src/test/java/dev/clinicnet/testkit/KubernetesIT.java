package dev.clinicnet.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.demo.RealKubernetes;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests the test kit itself, on which other integration tests depend. */
class KubernetesIT {

  @RegisterExtension final FreshNamespace namespace = FreshNamespace.withControllers();

  @Test
  void theApiServerAnswersAsTheVersionOfTheProgramsThatWereFound() {
    String version = namespace.admin().getKubernetesVersion().getGitVersion();

    assertThat(namespace.kubernetes().kubectlProgram().getParent().getFileName().toString())
        .startsWith(version.substring(1) + "-");
  }

  @Test
  void kubectlReadsTheAdminKubeconfig() {
    assertThat(namespace.kubernetes().kubectl("get", "namespace", namespace.name(), "-o", "name"))
        .isEqualTo("namespace/" + namespace.name() + "\n");
  }

  @Test
  void aFailingKubectlSaysWhy() {
    assertThatThrownBy(() -> namespace.kubernetes().kubectl("get", "namespace", "nowhere"))
        .hasMessageContaining("\"nowhere\" not found");
  }

  @Test
  void aNewKindCanBeUsedOnceItsCrdIsApplied() {
    namespace
        .kubernetes()
        .apply(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: before-its-crd, namespace: %s}
            ---
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: lamps.harness.test}
            spec:
              group: harness.test
              scope: Namespaced
              names: {plural: lamps, singular: lamp, kind: Lamp, listKind: LampList}
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema: {openAPIV3Schema: {type: object}}
            """
                .formatted(namespace.name()));

    namespace
        .kubernetes()
        .apply(
            """
            apiVersion: harness.test/v1
            kind: Lamp
            metadata: {name: first, namespace: %s}
            """
                .formatted(namespace.name()));

    assertThat(namespace.kubernetes().kubectl("get", "lamps", "-n", namespace.name(), "-o", "name"))
        .isEqualTo("lamp.harness.test/first\n");
  }

  @Test
  void aDeletedNamespaceGoesWithAllThatIsInIt() {
    namespace.admin().resource(secret("kit")).create();

    namespace.admin().namespaces().withName(namespace.name()).delete();

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> namespace.admin().namespaces().withName(namespace.name()).get() == null);
  }

  @Test
  void aSecretGoesWithItsOwner() {
    ConfigMap owner =
        namespace
            .admin()
            .resource(
                new ConfigMapBuilder().withNewMetadata().withName("owner").endMetadata().build())
            .create();
    Secret owned = secret("owned");
    owned.addOwnerReference(owner);
    namespace.admin().resource(owned).create();
    namespace.admin().resource(secret("free")).create();

    namespace.admin().resource(owner).delete();

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> namespace.admin().secrets().withName("owned").get() == null);
    assertThat(namespace.admin().secrets().withName("free").get()).isNotNull();
  }

  @Test
  void aClientActsAsTheServiceAccountThatItIsAskedFor() {
    KubernetesClient nobody = namespace.kubernetes().clientAs("system:serviceaccount:a:b");

    assertThatThrownBy(() -> nobody.secrets().inNamespace(namespace.name()).list())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("system:serviceaccount:a:b")
        .hasMessageContaining("forbidden");
    assertThatThrownBy(() -> namespace.kubernetes().clientAs("system:admin"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aClosedApiServerLeavesNoProcessAndNoFile() {
    RealKubernetes own = RealKubernetes.start(List.of("--v=1"));
    own.startControllers();
    Path directory = own.adminKubeconfigFile().getParent();
    assertThat(processesThatName(directory)).hasSizeGreaterThanOrEqualTo(2);

    own.close();
    own.close();

    assertThat(processesThatName(directory)).isEmpty();
    assertThat(Files.exists(directory)).isFalse();
  }

  @Test
  void anApiServerThatCannotStartSaysSoAndLeavesNoFile() {
    assertThatThrownBy(() -> RealKubernetes.start(List.of("--no-such-flag")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("did not start");
  }

  private static List<String> processesThatName(Path directory) {
    return ProcessHandle.current()
        .descendants()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(command -> command.contains(directory.toString()))
        .toList();
  }

  private Secret secret(String name) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace.name())
        .endMetadata()
        .build();
  }
}
