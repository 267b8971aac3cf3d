package dev.clinicnet.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinicnet.operator.kubernetes.Elsewhere;
import dev.clinicnet.operator.ngrok.WriteGuard;
import dev.clinicnet.testkit.InOneNamespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A leader that stood still writes a Secret that has changed since it read it, with the operator's
 * rights. The rule for authtokens whose credential is deleted depends on the refusal.
 */
class SecretConflictIT extends InOneNamespace {
  private static final String NAME = "one-site-kit";

  private KubernetesClient client;
  private JosdkCluster cluster;

  @BeforeEach
  void connect() {
    client = namespace.operatorClient();
    cluster =
        new JosdkCluster(
            client,
            null,
            status -> {},
            WriteGuard.ALWAYS,
            Clock.systemUTC(),
            account -> Elsewhere.NOWHERE);
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void aLateWriteIsRefused() {
    Secret seen = cluster.createSecret(saying("pending"));
    Secret changed = cluster.updateSecret(over(seen, "lost"));

    assertConflict(() -> cluster.updateSecret(over(seen, "late")));
    assertConflict(() -> cluster.createSecret(saying("late")));
    assertThat(present()).isEqualTo(changed);
  }

  @Test
  void aLateWriteDoesNotReachASecretThatWasMadeAgain() {
    Secret seen = cluster.createSecret(saying("pending"));
    namespace.admin().resource(seen).delete();
    Secret again = cluster.createSecret(saying("pending"));

    assertConflict(() -> cluster.updateSecret(over(seen, "late")));
    assertThat(present()).isEqualTo(again);
  }

  private Secret present() {
    return cluster.secret(namespace.name(), NAME).orElseThrow();
  }

  private Secret saying(String text) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(namespace.name())
        .withName(NAME)
        .endMetadata()
        .withStringData(Map.of("says", text))
        .build();
  }

  private static Secret over(Secret seen, String text) {
    return new SecretBuilder(seen).withStringData(Map.of("says", text)).build();
  }

  private static void assertConflict(ThrowingCallable write) {
    assertThatThrownBy(write)
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
  }
}
