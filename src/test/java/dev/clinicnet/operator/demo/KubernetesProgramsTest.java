package dev.clinicnet.operator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KubernetesProgramsTest {

  @Test
  void theVersionThatTestsRunIsTheOneThatTheGoModulePins() throws Exception {
    assertThat(Files.readString(Path.of("dev/kube/go.mod")))
        .contains("k8s.io/kubernetes v" + KubernetesPrograms.PINNED_VERSION + " ");
  }
}
