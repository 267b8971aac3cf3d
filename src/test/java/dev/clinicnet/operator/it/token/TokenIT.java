package dev.clinicnet.operator.it.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.RetiringCredential;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.Examples;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.RunningOperator;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A clinic's authtoken: shown once, published once, replaced when lost, revoked by the rule. */
@SuppressWarnings("try") // An operator only has to run.
class TokenIT extends InOneNamespace {
  private static final String KIT = "clinic1-site-kit";
  private static final Duration AGENTS = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LONGER_THAN_THE_OVERLAP = Duration.ofSeconds(7);

  @Test
  void theTokenIsInTheSecretAndConnectsAnAgent() {
    try (ClinicOperator operator = converged("WhenUnused")) {
      JsonNode agent = connect();

      assertThat(agent.path("credential_id").asText()).isEqualTo(onlyCredential());
      assertThat(file()).contains("authtoken: \"" + token() + "\"");
      assertThat(account.state()).doesNotContain(token());
      assertThat(manifests.clinic("clinic1").getStatus().toString()).doesNotContain(token());
      assertThat(account.writes()).containsEntry("POST /credentials", 1);
    }
  }

  @Test
  void aDeletedSecretComesBackWithANewTokenAndTheLiveAgentKeepsWorking() {
    try (ClinicOperator operator = converged("WhenUnused")) {
      String old = onlyCredential();
      String oldToken = token();
      connect();
      awaitOnline();

      manifests.deleteSecret(KIT);

      awaitToken(token -> !token.equals(oldToken));
      await().atMost(PATIENCE).until(() -> retiring().equals(List.of(old)));
      awaitStill(() -> account.names("credentials", "id").contains(old));
      assertThat(account.credentialsInUse()).containsExactly(old);

      String fresh = connect().path("credential_id").asText();

      await().atMost(PATIENCE).until(() -> account.names("credentials", "id").size() == 1);
      assertThat(onlyCredential()).isEqualTo(fresh).isNotEqualTo(old);
      await().atMost(PATIENCE).until(() -> account.credentialsInUse().equals(List.of(fresh)));
      await().atMost(PATIENCE).until(() -> retiring().isEmpty());
      assertThat(authtoken().credentialID()).isEqualTo(fresh);
      manifests.awaitAllReady();
    }
  }

  @Test
  void aReplacedTokenThatNobodyUsesGoesAfterItsOverlap() {
    try (ClinicOperator operator = converged("WhenUnused")) {
      String old = onlyCredential();

      manifests.deleteSecret(KIT);

      await().atMost(PATIENCE).until(() -> retiring().equals(List.of(old)));
      await().atMost(PATIENCE).until(() -> !account.names("credentials", "id").contains(old));
      assertThat(account.all("credentials")).hasSize(1);
    }
  }

  @Test
  void withAfterOverlapAReplacedTokenGoesThoughItIsInUseAndItsSessionsAreStopped() {
    try (ClinicOperator operator = converged("AfterOverlap")) {
      String old = onlyCredential();
      connect();
      awaitOnline();

      manifests.deleteSecret(KIT);

      await().atMost(PATIENCE).until(() -> retiring().equals(List.of(old)));
      await().atMost(PATIENCE).until(() -> !account.names("credentials", "id").contains(old));
      await().atMost(PATIENCE).until(() -> account.credentialsInUse().isEmpty());
      assertThat(account.all("credentials")).hasSize(1);
      manifests.awaitClinic("clinic1", ConditionType.AgentOnline, "AgentOffline");
    }
  }

  @Test
  void aSessionThatCouldNotBeStoppedIsStoppedLater() {
    try (ClinicOperator operator = converged("AfterOverlap")) {
      connect();
      awaitOnline();
      account.fault(
          """
          {"method": "POST", "path": "/tunnel_sessions/{id}/stop", "status": 503, "times": 2}
          """);

      manifests.deleteSecret(KIT);

      await().atMost(PATIENCE).until(() -> account.credentialsInUse().isEmpty());
      await().atMost(PATIENCE).until(() -> retiring().isEmpty());
    }
  }

  @Test
  void anEmptiedTokenIsReplaced() {
    try (ClinicOperator operator = converged("WhenUnused")) {
      String oldToken = token();

      manifests.writeSecret(KIT, "authtoken", "");

      awaitToken(token -> !token.isEmpty() && !token.equals(oldToken));
      await().atMost(PATIENCE).until(() -> account.all("credentials").size() == 1);
      assertThat(connect().path("credential_id").asText()).isEqualTo(onlyCredential());
    }
  }

  @Test
  void aForeignEntryOfTheSecretIsKept() {
    try (ClinicOperator operator = converged("WhenUnused")) {
      String token = token();
      manifests.writeSecret(KIT, "note", "the key is with the caretaker");

      manifests.writeSecret(KIT, "ngrok.yml", "edited by hand");

      await().atMost(PATIENCE).until(() -> file().contains(token));
      assertThat(manifests.file(KIT, "note")).isEqualTo("the key is with the caretaker");
      assertThat(token()).isEqualTo(token);
      assertThat(account.all("credentials")).hasSize(1);
    }
  }

  @Test
  void aCredentialThatSomebodyDeletedIsMadeAnew() {
    try (ClinicOperator operator = converged("WhenUnused")) {
      String oldToken = token();

      account.call("DELETE", "/credentials/" + onlyCredential(), null);
      operator.refresh();

      awaitToken(token -> !token.equals(oldToken));
      assertThat(account.all("credentials")).hasSize(1);
      assertThat(connect().path("credential_id").asText()).isEqualTo(onlyCredential());
    }
  }

  @Test
  void aServiceUserThatSomebodyDeletedIsMadeAnewWithItsCredential() {
    try (ClinicOperator operator = converged("WhenUnused")) {
      String oldToken = token();
      String user = account.all("service_users").get(0).path("id").asText();

      account.call("DELETE", "/service_users/" + user, null);
      operator.refresh();

      awaitToken(token -> !token.equals(oldToken));
      assertThat(account.all("service_users")).hasSize(1);
      JsonNode owner = account.all("service_users").get(0);
      assertThat(account.all("credentials")).hasSize(1);
      assertThat(account.all("credentials").get(0).path("owner_id").asText())
          .isEqualTo(owner.path("id").asText());
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  manifests
                      .clinic("clinic1")
                      .getStatus()
                      .serviceUser()
                      .id()
                      .equals(owner.path("id").asText()));
      assertThat(connect().path("credential_id").asText()).isEqualTo(onlyCredential());
    }
  }

  @Test
  void aForeignSecretOfThatNameIsLeftAloneUntilItIsGone() {
    Secret foreign =
        namespace
            .admin()
            .resource(
                new SecretBuilder()
                    .withNewMetadata()
                    .withName(KIT)
                    .endMetadata()
                    .withStringData(Map.of("password", "somebody's"))
                    .build())
            .create();
    manifests.applyText(Examples.clinic("WhenUnused"));

    try (ClinicOperator operator = watchingAgents().start()) {
      manifests.awaitClinic("clinic1", ConditionType.Accepted, "SiteKitSecretConflict");
      assertThat(manifests.secret(KIT)).isEqualTo(foreign);
      assertThat(account.writes()).isEmpty();

      manifests.deleteSecret(KIT);

      manifests.awaitAllReady();
      assertThat(account.all("credentials")).hasSize(1);
    }
  }

  @Test
  void aTerminatingNamespaceGetsNoCredential() {
    manifests.applyText(Examples.clinic("WhenUnused"));
    namespace.admin().namespaces().withName(namespace.name()).delete();

    try (ClinicOperator operator = watchingAgents().start()) {
      await().atMost(PATIENCE).until(() -> account.writes().containsKey("POST /service_users"));
      manifests.awaitClinic("clinic1", ConditionType.Programmed, "SiteKitNotWritten");

      assertThat(account.all("credentials")).isEmpty();
      assertThat(account.writes()).doesNotContainKey("POST /credentials");
    }
  }

  private ClinicOperator converged(String revokeOld) {
    manifests.applyText(Examples.clinic(revokeOld));
    ClinicOperator operator = watchingAgents().start();
    manifests.awaitAllReady();
    return operator;
  }

  private RunningOperator watchingAgents() {
    return operator().withIntervals(Duration.ofHours(1), AGENTS);
  }

  private JsonNode connect() {
    return account.connectAgent(file());
  }

  private void awaitOnline() {
    manifests.awaitClinic("clinic1", ConditionType.AgentOnline, "AgentConnected");
  }

  private void awaitToken(Predicate<String> wanted) {
    await()
        .atMost(PATIENCE)
        .until(() -> manifests.publishedFile(KIT, "authtoken").filter(wanted).isPresent());
    manifests.awaitAllReady();
  }

  private static void awaitStill(java.util.concurrent.Callable<Boolean> holds) {
    await()
        .during(LONGER_THAN_THE_OVERLAP)
        .atMost(LONGER_THAN_THE_OVERLAP.multipliedBy(3))
        .until(holds);
  }

  private String token() {
    return manifests.file(KIT, "authtoken");
  }

  private String file() {
    return manifests.file(KIT, "ngrok.yml");
  }

  private String onlyCredential() {
    List<String> ids = account.names("credentials", "id");
    assertThat(ids).hasSize(1);
    return ids.get(0);
  }

  private AuthtokenStatus authtoken() {
    return manifests.clinic("clinic1").getStatus().authtoken();
  }

  private List<String> retiring() {
    return authtoken().retiring().stream().map(RetiringCredential::credentialID).toList();
  }
}
