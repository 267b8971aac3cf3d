package dev.clinicnet.operator.it.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.simulator.SimulatorOptions;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.FurtherAccounts;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.Site;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One operator with two accounts, {@code default} and {@code west}. */
abstract class TwoAccounts {
  static final Duration SECONDS = Duration.ofSeconds(10);
  static final String WEST = "accountRef: {name: west}";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension final FreshNamespace namespace = FreshNamespace.withoutControllers();
  @RegisterExtension final FurtherAccounts accounts = new FurtherAccounts();

  dev.clinicnet.testkit.NgrokAccount ngrok;
  dev.clinicnet.testkit.NgrokAccount west;
  Manifests manifests;
  KubernetesClient client;

  @BeforeEach
  void open() {
    ngrok =
        dev.clinicnet.testkit.NgrokAccount.open(
            SimulatorOptions.defaults()
                .withoutRateLimit()
                .withApiKey(RunningOperator.API_KEY)
                .withAccount("west", FurtherAccounts.WEST_KEY));
    west = ngrok.further("west", FurtherAccounts.WEST_KEY);
    client = namespace.operatorClient();
    manifests = new Manifests(namespace.admin(), namespace.name());
  }

  @AfterEach
  void close() {
    client.close();
    ngrok.close();
  }

  static String databases(int count, String clinic, String... spec) {
    StringBuilder all = new StringBuilder(Site.clinicWithDomains(clinic, "[]", spec));
    for (int i = 0; i < count; i++) {
      String name = clinic + "-db" + i;
      all.append("---\n")
          .append(Site.service(name, clinic, "tcp://10.0.0.2:5432", "expose: {tcp: {region: us}}"));
    }
    return all.toString();
  }

  void writeKey(String key) {
    writeKey("west", key);
  }

  void writeKey(String name, String key) {
    manifests.applyText(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: accounts}
        stringData: {%s: %s}
        """
            .formatted(name, key));
  }

  ClinicOperator start() {
    return operator().start();
  }

  RunningOperator operator() {
    return RunningOperator.on(client, namespace.name(), ngrok.url())
        .withIntervals(Duration.ofSeconds(2), Duration.ofSeconds(1));
  }

  void awaitSays(String account, ConditionType type, String beginning) {
    eventually(() -> assertThat(accounts.says(account, type)).startsWith(beginning));
  }

  static void eventually(ThrowingRunnable assertion) {
    within(PATIENCE, assertion);
  }

  static void within(Duration limit, ThrowingRunnable assertion) {
    await().atMost(limit).untilAsserted(assertion);
  }
}
