package dev.clinicnet.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client of the running operator. */
class KubernetesAccessTest {
  @Test
  void itDoesNotKeepWhoManagesWhichFieldNorWhatKubectlHasApplied(@TempDir Path directory) {
    try (StubApiServer server = new StubApiServer();
        KubernetesClient client =
            KubernetesAccess.client(Config.fromKubeconfig(server.kubeconfig(directory).toFile()))) {
      server.reply(
          "/apis/clinicnet.dev/v1alpha1/namespaces/n/clinics/one",
          200,
          """
          {"apiVersion":"clinicnet.dev/v1alpha1","kind":"Clinic","metadata":{
           "namespace":"n","name":"one","resourceVersion":"7",
           "annotations":{"clinicnet.dev/retry":"1",
             "kubectl.kubernetes.io/last-applied-configuration":"{}"},
           "managedFields":[{"manager":"kubectl","operation":"Apply"}]},"spec":{}}
          """);

      ObjectMeta metadata =
          client.resources(Clinic.class).inNamespace("n").withName("one").get().getMetadata();

      assertThat(metadata.getResourceVersion()).isEqualTo("7");
      assertThat(metadata.getManagedFields()).isEmpty();
      assertThat(metadata.getAnnotations()).containsOnlyKeys("clinicnet.dev/retry");
      assertThat(metadata.getAdditionalProperties()).doesNotContainKey("managedFields");
    }
  }
}
