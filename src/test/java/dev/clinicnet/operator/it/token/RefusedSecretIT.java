package dev.clinicnet.operator.it.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.Examples;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.WriteBan;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Kubernetes refuses the Secret for which a token was just issued. The simulation has crashes and
 * lost answers at every step.
 */
@SuppressWarnings("try") // An operator only has to run.
class RefusedSecretIT extends InOneNamespace {
  private static final String KIT = "clinic1-site-kit";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @BeforeEach
  void apply() {
    manifests.applyText(Examples.clinic("WhenUnused"));
  }

  @Test
  void aSecretThatCannotBeWrittenEndsWithOneGoodCredential() {
    try (WriteBan ban = WriteBan.onTokens(namespace.admin(), namespace.name());
        ClinicOperator operator = operator().start()) {
      manifests.awaitClinic("clinic1", ConditionType.Programmed, "SiteKitNotWritten");
      assertThat(account.writes()).containsKey("POST /credentials");
      assertThat(account.all("credentials")).hasSizeLessThanOrEqualTo(1);
      assertThat(manifests.publishedFile(KIT, "authtoken")).isEmpty();

      ban.lift();

      assertOneGoodCredential();
    }
  }

  private void assertOneGoodCredential() {
    manifests.awaitAllReady();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(account.all("credentials")).hasSize(1));
    JsonNode agent = account.connectAgent(manifests.file(KIT, "ngrok.yml"));
    assertThat(agent.path("credential_id").asText())
        .isEqualTo(account.names("credentials", "id").get(0));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(manifests.clinic("clinic1").getStatus().authtoken().retiring())
                    .isEmpty());
  }
}
