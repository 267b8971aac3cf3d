package dev.clinicnet.operator.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.controller.StartChecks;
import dev.clinicnet.testkit.FreshNamespace;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The checks of the cluster at the start, with the operator's real rights. */
class StartChecksIT {
  @RegisterExtension final FreshNamespace namespace = FreshNamespace.withoutControllers();

  @Test
  void namespacesThatDoNotExistAreFoundAndTheTrialLeavesNothing() {
    StartChecks checks = new StartChecks(namespace.operatorClient());

    assertThat(checks.missingNamespaces(Set.of(namespace.name(), "no-such-namespace")))
        .containsExactly("no-such-namespace");
    assertThat(namespace.admin().v1().events().list().getItems()).isEmpty();
  }
}
