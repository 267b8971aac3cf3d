package dev.clinicnet.testkit;

import dev.clinicnet.operator.controller.ClinicOperator;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two teams, each an editor of a namespace of its own alone, and one operator for both. */
public abstract class BetweenTeams extends InOneNamespace {
  @RegisterExtension protected final FreshNamespace elsewhere = FreshNamespace.withoutControllers();

  protected Team ours;
  protected Team theirs;
  protected ClinicOperator operator;
  private KubernetesClient client;

  @BeforeEach
  protected final void openTeams() {
    ours = new Team(namespace, account, 'A');
    theirs = new Team(elsewhere, account, 'B');
    client = namespace.operatorClient();
  }

  @AfterEach
  protected final void closeTeams() {
    operator.close();
    client.close();
    theirs.close();
    ours.close();
  }

  /** An operator that looks at the account often; it is closed after the test. */
  protected final void startOperator() {
    operator =
        RunningOperator.on(client, namespace.name(), account.url())
            .and(elsewhere.name())
            .withIntervals(OFTEN, OFTEN)
            .start();
  }
}
