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
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator or the network fails between the steps of issuing a token. */
@SuppressWarnings("try") // An operator only has to run.
class TokenCrashIT extends InOneNamespace {
  private static final String KIT = "clinic1-site-kit";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @BeforeEach
  void apply() {
    manifests.applyText(Examples.clinic("WhenUnused"));
  }

  @Test
  void aRequestThatNeverArrivedIsMadeOnceMore() {
    account.fault("{\"method\": \"POST\", \"path\": \"/credentials\", \"drop\": true}");

    try (ClinicOperator operator = operator().start()) {
      assertOneGoodCredential();
      assertThat(account.writes()).doesNotContainKey("DELETE /credentials/{id}");
    }
  }

  @Test
  void aCredentialWhoseAnswerWasLostIsDeletedAtOnceAndAnotherIsMade() {
    account.fault(
        """
        {"method": "POST", "path": "/credentials", "after": "commit", "drop": true}
        """);

    try (ClinicOperator operator = operator().start()) {
      assertOneGoodCredential();
      assertThat(account.writes())
          .containsEntry("POST /credentials", 2)
          .containsEntry("DELETE /credentials/{id}", 1);
    }
  }

  @Test
  void aLostAnswerWhileATokenIsReplacedLeavesNoUnknownCredential() {
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      String old = account.names("credentials", "id").get(0);
      account.call("DELETE", "/credentials/" + old, null);
      account.fault(
          """
          {"method": "POST", "path": "/credentials", "after": "commit", "drop": true}
          """);

      operator.refresh();

      awaitCredentialOtherThan(old);
      assertOneGoodCredential();
    }
  }

  @Test
  void aRequestThatNeverArrivedWhileATokenIsReplacedIsMadeOnceMore() {
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      String old = account.names("credentials", "id").get(0);
      account.forgetRequests();
      account.call("DELETE", "/credentials/" + old, null);
      account.fault("{\"method\": \"POST\", \"path\": \"/credentials\", \"drop\": true}");

      operator.refresh();

      awaitCredentialOtherThan(old);
      assertOneGoodCredential();
      assertThat(account.writes()).containsEntry("POST /credentials", 2);
    }
  }

  @Test
  void anOperatorThatDiesBeforeItsRequestIsExecutedLeavesNothingBehind() {
    account.fault(
        """
        {"method": "POST", "path": "/credentials", "hold": true, "status": 503}
        """);

    dieWhileHeld();

    assertThat(account.all("credentials")).isEmpty();
    try (ClinicOperator next = operator().start()) {
      assertOneGoodCredential();
      assertThat(account.writes()).doesNotContainKey("DELETE /credentials/{id}");
    }
  }

  @Test
  void anOperatorThatDiesBeforeItHasTheAnswerLeavesACredentialThatTheNextOneDeletes() {
    account.fault(
        """
        {"method": "POST", "path": "/credentials", "after": "commit", "hold": true}
        """);

    dieWhileHeld();

    String unknown = account.names("credentials", "id").get(0);
    try (ClinicOperator next = operator().start()) {
      assertOneGoodCredential();
      assertThat(account.names("credentials", "id")).doesNotContain(unknown);
    }
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

  /** The operator is closed while the platform holds its answer. */
  private void dieWhileHeld() {
    try (ClinicOperator operator = operator().start()) {
      await().atMost(PATIENCE).until(() -> account.held() == 1);
      CompletableFuture<Void> closed = CompletableFuture.runAsync(operator::close);
      closed.join();
    }
    account.clearFaults();
    assertThat(manifests.publishedFile(KIT, "authtoken")).isEmpty();
  }

  private void awaitCredentialOtherThan(String old) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              String id = manifests.clinic("clinic1").getStatus().authtoken().credentialID();
              return id != null && !id.equals(old);
            });
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
