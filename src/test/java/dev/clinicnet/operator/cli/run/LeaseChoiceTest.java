package dev.clinicnet.operator.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.cli.Environment;
import dev.clinicnet.operator.controller.OperatorOptions.LeaseOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseChoiceTest {
  private static final Path KUBECONFIG = Path.of("kubeconfig");
  private static final Duration DURATION = Duration.ofSeconds(15);

  @TempDir Path account;

  @Test
  void inAClusterLeadersAreElectedInThePodsNamespace() throws IOException {
    Files.writeString(account.resolve("namespace"), "home\n");

    assertThat(choose(null, null, null, Map.of("HOSTNAME", "pod-1")))
        .hasValueSatisfying(
            lease -> {
              assertThat(lease.namespace()).isEqualTo("home");
              assertThat(lease.name()).isEqualTo("clinic-operator");
              assertThat(lease.identity()).isEqualTo("pod-1-x1");
              assertThat(lease.duration()).isEqualTo(DURATION);
              assertThat(lease.renewal()).hasSeconds(10);
              assertThat(lease.retry()).hasSeconds(2);
            });
  }

  @Test
  void theVariableSaysTheNamespaceToo() {
    assertThat(choose(null, null, null, Map.of("POD_NAMESPACE", "home"))).isPresent();
  }

  @Test
  void outsideOfAClusterOneWorksAlone() {
    assertThat(choose(null, null, null, Map.of())).isEmpty();
  }

  @Test
  void withAKubeconfigThePodsOwnNamespaceIsAnotherClusters() {
    assertThat(choose(null, null, KUBECONFIG, Map.of("POD_NAMESPACE", "home"))).isEmpty();
  }

  @Test
  void aGivenNamespaceIsEnough() {
    assertThat(choose(null, "there", KUBECONFIG, Map.of()))
        .map(LeaseOptions::namespace)
        .contains("there");
  }

  @Test
  void itCanBeTurnedOff() {
    assertThat(choose(false, null, null, Map.of("POD_NAMESPACE", "home"))).isEmpty();
  }

  private Optional<LeaseOptions> choose(
      Boolean wish, String namespace, Path kubeconfig, Map<String, String> variables) {
    return LeaseChoice.of(
        wish, namespace, DURATION, kubeconfig, new Environment(variables, account), "x1");
  }
}
