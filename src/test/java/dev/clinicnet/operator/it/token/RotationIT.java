package dev.clinicnet.operator.it.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.RetiringCredential;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.testkit.AgentKind;
import dev.clinicnet.testkit.InOneNamespace;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An authtoken that is still good is replaced, and no site goes offline for it. */
class RotationIT extends InOneNamespace {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** One that is due by schedule waits a minute for others with older authtokens. */
  private static final Duration QUEUE = Duration.ofMinutes(3);

  private static final Duration AGENTS = Duration.ofMillis(200);

  @ParameterizedTest
  @EnumSource(AgentKind.class)
  void anAnnotationReplacesTheTokenOnceAndTheAgentStaysOnTheOldOneUntilItHasTheNew(AgentKind kind) {
    account.play(kind);
    apply("clinic1", "{overlap: 1s}");
    apply("clinic2", "{overlap: 1s}");
    try (ClinicOperator operator = start()) {
      String bystander = token("clinic2");
      String old = credential("clinic1");
      String oldToken = token("clinic1");
      connect("clinic1");
      manifests.awaitClinic("clinic1", ConditionType.SiteKitCurrent, "SiteKitInstalled");

      manifests.annotateClinic("clinic1", Annotations.ROTATE, "lost laptop");

      awaitNewToken("clinic1", oldToken);
      manifests.awaitClinic("clinic1", ConditionType.AgentOnOldToken, "OverlapPassed");
      manifests.awaitClinic("clinic1", ConditionType.SiteKitCurrent, "SiteKitNotInstalled");
      assertThat(account.credentialsInUse()).containsExactly(old);
      assertThat(manifests.clinicSays("clinic1", ConditionType.Ready)).startsWith("True");
      assertThat(authtoken("clinic1").rotated()).isEqualTo("lost laptop");
      assertThat(retiring("clinic1")).containsExactly(old);
      eventually(() -> assertThat(warnings()).contains("OverlapPassed"));
      eventually(() -> assertThat(operator.metrics()).contains("clinic_agent_on_old_token 1.0\n"));

      String fresh = connect("clinic1").path("credential_id").asText();

      eventually(() -> assertThat(account.credentialsInUse()).containsExactly(fresh));
      eventually(() -> assertThat(retiring("clinic1")).isEmpty());
      manifests.awaitClinic("clinic1", ConditionType.SiteKitCurrent, "SiteKitInstalled");
      assertThat(manifests.clinicSays("clinic1", ConditionType.AgentOnOldToken)).isEmpty();
      assertThat(account.writes()).containsEntry("POST /credentials", 3);
      assertThat(token("clinic2")).isEqualTo(bystander);
      assertThat(account.all("credentials")).hasSize(2);
    }
  }

  @Test
  void aTokenIsReplacedWhenItIsAsOldAsTheInterval() {
    apply("clinic1", "{overlap: 1s, rotationInterval: 8s}");
    try (ClinicOperator operator = start()) {
      String first = token("clinic1");
      assertThat(authtoken("clinic1").rotatesAt()).isNotNull();

      await().atMost(QUEUE).untilAsserted(() -> assertThat(token("clinic1")).isNotEqualTo(first));
      eventually(() -> assertThat(retiring("clinic1")).isEmpty());
      assertThat(account.all("credentials")).hasSize(1);
      assertThat(operator.httpPort()).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource(AgentKind.class)
  void aSiteThatIsSwitchedOffDuringTheOverlapComesBackWithItsOldToken(AgentKind kind) {
    account.play(kind);
    apply("clinic1", "{overlap: 1s}");
    try (ClinicOperator operator = start()) {
      String old = credential("clinic1");
      String oldToken = token("clinic1");
      String oldFile = file("clinic1");
      JsonNode agent = connect("clinic1");
      manifests.awaitClinic("clinic1", ConditionType.SiteKitCurrent, "SiteKitInstalled");
      account.disconnectAgent(agent.path("id").asText());
      manifests.awaitClinic("clinic1", ConditionType.AgentOnline, "AgentOffline");

      manifests.annotateClinic("clinic1", Annotations.ROTATE, "1");
      awaitNewToken("clinic1", oldToken);
      await()
          .during(Duration.ofSeconds(4))
          .atMost(PATIENCE)
          .until(() -> account.names("credentials", "id").contains(old));

      assertThat(account.connectAgent(oldFile).path("credential_id").asText()).isEqualTo(old);
      manifests.awaitClinic("clinic1", ConditionType.AgentOnOldToken, "OverlapPassed");
      assertThat(operator.httpPort()).isPositive();
    }
  }

  @Test
  void anOperatorThatDiesWhileTheAnswerIsOnItsWayRotatesOnceAndLeavesNoUnknownCredential() {
    apply("clinic1", "{overlap: 1s}");
    String oldToken;
    String unknown;
    try (ClinicOperator operator = start()) {
      oldToken = token("clinic1");
      String old = credential("clinic1");
      account.fault(
          """
          {"method": "POST", "path": "/credentials", "after": "commit", "hold": true}
          """);
      manifests.annotateClinic("clinic1", Annotations.ROTATE, "1");
      await().atMost(PATIENCE).until(() -> account.held() == 1);
      CompletableFuture.runAsync(operator::close).join();
      unknown =
          account.names("credentials", "id").stream()
              .filter(id -> !id.equals(old))
              .findFirst()
              .orElseThrow();
    }
    account.clearFaults();
    assertThat(token("clinic1")).isEqualTo(oldToken);

    try (ClinicOperator next = start()) {
      awaitNewToken("clinic1", oldToken);
      eventually(() -> assertThat(account.names("credentials", "id")).hasSize(1));
      assertThat(account.names("credentials", "id")).doesNotContain(unknown);
      assertThat(authtoken("clinic1").rotated()).isEqualTo("1");
      assertThat(account.writes()).containsEntry("POST /credentials", 3);
      assertThat(next.httpPort()).isPositive();
    }
  }

  private ClinicOperator start() {
    ClinicOperator operator = operator().withIntervals(Duration.ofHours(1), AGENTS).start();
    manifests.awaitAllReady();
    return operator;
  }

  private void apply(String name, String authtoken) {
    manifests.applyText(
        """
        apiVersion: clinicnet.dev/v1alpha1
        kind: Clinic
        metadata: {name: %s}
        spec:
          agent: {authtoken: %s}
        """
            .formatted(name, authtoken));
  }

  private void awaitNewToken(String clinic, String old) {
    eventually(
        () ->
            assertThat(manifests.publishedFile(kit(clinic), "authtoken")).get().isNotEqualTo(old));
    eventually(() -> assertThat(authtoken(clinic).firstUsedAt()).isNull());
  }

  private JsonNode connect(String clinic) {
    return account.connectAgent(file(clinic));
  }

  private String token(String clinic) {
    return manifests.file(kit(clinic), "authtoken");
  }

  private String file(String clinic) {
    return manifests.file(kit(clinic), "ngrok.yml");
  }

  private static String kit(String clinic) {
    return clinic + "-site-kit";
  }

  private String credential(String clinic) {
    return authtoken(clinic).credentialID();
  }

  private AuthtokenStatus authtoken(String clinic) {
    return manifests.clinic(clinic).getStatus().authtoken();
  }

  private List<String> retiring(String clinic) {
    return authtoken(clinic).retiring().stream().map(RetiringCredential::credentialID).toList();
  }

  private List<String> warnings() {
    return manifests.events().stream()
        .filter(event -> event.getType().equals("Warning"))
        .map(Event::getReason)
        .toList();
  }
}
