package dev.clinicnet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KubernetesProgramsTest {

  @Test
  void theVersionThatTestsRunIsTheOneThatTheGoModulePins() throws IOException {
    assertThat(read("dev/kube/go.mod"))
        .contains("k8s.io/kubernetes v" + KubernetesPrograms.PINNED_VERSION + " ");
  }

  @Test
  void theLowestVersionIsNamedAlikeEverywhere() throws IOException {
    String lowest = minor(KubernetesVersions.lowest());

    assertThat(read("docs/kubernetes-versions.md"))
        .contains(
            "The lowest supported version is **" + lowest + "**",
            "The tests run on " + minor(KubernetesVersions.pinned()));
    assertThat(read("docs/install.md")).contains("Kubernetes " + lowest + " or later");
    assertThat(read("README.md")).contains("Kubernetes " + lowest + " or later");
    assertThat(read("helm/clinic-operator/Chart.yaml"))
        .contains("kubeVersion: \">=" + lowest + ".0-0\"");
  }

  private static String minor(String version) {
    return version.substring(0, version.lastIndexOf('.'));
  }

  /** On one line: a sentence may be broken anywhere. */
  private static String read(String file) throws IOException {
    return Files.readString(Path.of(file))
        .lines()
        .map(String::strip)
        .collect(Collectors.joining(" "));
  }
}
