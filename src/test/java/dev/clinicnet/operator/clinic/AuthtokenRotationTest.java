package dev.clinicnet.operator.clinic;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.RetiringCredential;
import dev.clinicnet.operator.api.v1alpha1.RevokeOld;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.ngrok.Lane;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When an authtoken that is still good is replaced, and what becomes of the old one. */
class AuthtokenRotationTest {
  private static final String CREATE = "create credentials of Clinic clinics/clinic1";

  /** {@link ClinicScene} issues credentials at this time. */
  private static final Instant ISSUED = Instant.parse("2026-01-01T00:00:00Z");

  private static final String USED = "2026-01-02T00:00:00Z";
  private static final String YESTERDAY = ClinicScene.NOW.minus(Duration.ofDays(1)).toString();

  @Test
  void itIsDueByTheIntervalAndSaysWhen() {
    Clinic clinic = clinic("clinic1").rotating("1416h").build();
    Instant due = ISSUED.plus(Duration.ofDays(59));

    ClinicDecision before = published(clinic).at(due.minusSeconds(1)).decide();
    assertThat(before.remote()).isEmpty();
    assertThat(before.status().authtoken().rotatesAt()).isEqualTo(due.toString());
    assertThat(before.requeueAt()).contains(due);

    ClinicScene scene = published(clinic).at(due);
    assertThat(scene.decide().requeueAt()).contains(due.plus(Duration.ofMinutes(1)));
    assertThat(scene.at(due.plus(Duration.ofMinutes(1))).steps()).containsExactly(CREATE);
    assertThat(published(clinic("clinic1").build()).decide().status().authtoken().rotatesAt())
        .isNull();
  }

  @Test
  void eachTextOfTheAnnotationCountsOnce() {
    Clinic asked = annotated("lost laptop").build();
    ClinicScene first = published(asked);
    ClinicScene done = published(asked).secret(rotated("lost laptop"));
    ClinicScene again =
        published(annotated("another laptop").build()).secret(rotated("lost laptop"));

    assertThat(first.steps()).containsExactly(CREATE);
    assertThat(done.steps()).isEmpty();
    assertThat(done.decide().status().authtoken().rotated()).isEqualTo("lost laptop");
    assertThat(again.steps()).containsExactly(CREATE);
    assertThat(published(annotated(" ").build()).steps()).isEmpty();
  }

  @Test
  void aPersonWhoAsksDoesNotWaitForTheBulk() {
    ClinicObservation seen = published(annotated("lost laptop").build()).observe();
    assertThat(seen.rotation().asked()).isTrue();
    assertThat(seen.lane()).isEqualTo(Lane.CHANGE);
  }

  @Test
  void itWaitsForItsTurn() {
    ClinicScene scene = published(clinic("clinic1").rotating("1h").build());
    scene.othersRotate();

    ClinicDecision decision = scene.decide();

    assertThat(decision.remote()).isEmpty();
    assertThat(decision.requeueAt()).contains(ClinicScene.NOW.plus(Duration.ofMinutes(1)));
  }

  @Test
  void itGoesOnAfterACrash() {
    Clinic clinic = clinic("clinic1").rotating("1h").build();
    // The nonce was written, and the request never arrived.
    ClinicScene asked = published(clinic);
    asked.secret("cr_1", "n");
    asked.othersRotate();
    assertThat(asked.steps()).containsExactly(CREATE);
    // The answer was lost. Nobody has that token.
    ClinicScene lost = published(clinic);
    lost.secret("cr_1", "n").credential("cr_2", lost.mark().withNonce("n"));
    assertThat(lost.decide().lostToken()).isEqualTo(LostToken.FOUND);
    lost.secret("cr_1", null).lost("n");
    assertThat(lost.steps()).containsExactly("delete credentials cr_2");
    assertThat(lost.decide().status().authtoken().retiring()).isEmpty();
  }

  @Test
  void whatAnAgentUsesIsNotLostWhateverAnOldSecretSays() {
    ClinicScene restored = published(clinic("clinic1").build());
    restored.secret("cr_1", "n").credential("cr_2", restored.mark().withNonce("n"));
    restored.session("1", "cr_2", null);

    ClinicDecision decision = restored.decide();

    assertThat(decision.remote()).isEmpty();
    assertThat(decision.status().authtoken().retiring())
        .extracting(RetiringCredential::credentialID)
        .containsExactly("cr_2");
  }

  @Test
  void nothingIsReplacedWhileTheClinicMayNotChange() {
    ClinicBuilder due = clinic("clinic1").rotating("1h");
    assertThat(published(due.suspended().build()).observe().rotation().isDue()).isFalse();
    assertThat(
            published(
                    clinic("clinic1")
                        .rotating("1h")
                        .annotation(Annotations.QUARANTINE, "true")
                        .build())
                .observe()
                .rotation()
                .isDue())
        .isFalse();
    assertThat(published(due.build()).foreignSecret().observe().rotation())
        .isEqualTo(AuthtokenRotation.NONE);
  }

  @Test
  void anAgentOnTheOldTokenAfterItsOverlapIsToldAndNotCutOff() {
    ClinicScene scene = replaced(RevokeOld.WhenUnused, null, USED).session("1", "cr_1", null);

    ClinicDecision decision = scene.decide();

    assertThat(decision.remote()).isEmpty();
    assertThat(decision.assessment().get(ConditionType.AgentOnOldToken))
        .hasValueSatisfying(
            verdict -> {
              assertThat(verdict.isTrue()).isTrue();
              assertThat(verdict.reason()).isEqualTo(Reason.OverlapPassed);
              assertThat(verdict.message()).contains("Install the present site kit");
            });
    assertThat(decision.agents().onOldToken()).isTrue();
  }

  @Test
  void theConditionEndsWithTheOldToken() {
    ClinicScene scene = replaced(RevokeOld.WhenUnused, null, USED);
    scene.session("1", "cr_1", null).session("2", "cr_2", null);

    ClinicDecision decision = scene.decide();

    assertThat(ClinicScene.text(decision.remote()))
        .containsExactly("delete credentials cr_1", "stop tunnel_sessions 1");
    assertThat(decision.assessment().get(ConditionType.AgentOnOldToken)).isEmpty();
    assertThat(decision.agents().onOldToken()).isFalse();
  }

  /** The first uses of the old and the new token, and what happens when no agent is connected. */
  @ParameterizedTest
  @CsvSource({
    "WhenUnused,   used,  used,  delete",
    "WhenUnused,   used,  never, keep",
    "WhenUnused,   never, never, delete",
    "AfterOverlap, used,  never, delete",
  })
  void aSiteThatIsSwitchedOffKeepsTheTokenThatItHas(
      RevokeOld when, String old, String fresh, String expected) {
    ClinicScene scene =
        replaced(when, "used".equals(fresh) ? YESTERDAY : null, "used".equals(old) ? USED : null);

    assertThat(scene.steps().contains("delete credentials cr_1"))
        .isEqualTo("delete".equals(expected));
  }

  @Test
  void theFirstUseOfAReplacedTokenIsRemembered() {
    Clinic clinic =
        clinic("clinic1")
            .status(status(new AuthtokenStatus("cr_1", null, null, null, USED, null, null)))
            .build();
    ClinicScene scene = ClinicScene.of(clinic).user().secret("cr_2", null);
    scene.credential("cr_1", scene.mark()).credential("cr_2", scene.mark());

    assertThat(scene.decide().status().authtoken().retiring())
        .extracting(RetiringCredential::firstUsedAt)
        .containsExactly(USED);
  }

  private static ClinicBuilder annotated(String text) {
    return clinic("clinic1").annotation(Annotations.ROTATE, text);
  }

  /** The authtoken of cr_1 was replaced by that of cr_2 two days ago. */
  private static ClinicScene replaced(RevokeOld when, String usedNew, String usedOld) {
    RetiringCredential old =
        new RetiringCredential(
            "cr_1", ClinicScene.NOW.minus(Duration.ofDays(2)).toString(), usedOld);
    Clinic clinic =
        clinic("clinic1")
            .revokeOld(when)
            .status(
                status(new AuthtokenStatus("cr_2", null, null, List.of(old), usedNew, null, null)))
            .build();
    ClinicScene scene = ClinicScene.of(clinic).user().secret("cr_2", null);
    return scene.credential("cr_1", scene.mark()).credential("cr_2", scene.mark());
  }

  private static ClinicStatus status(AuthtokenStatus authtoken) {
    return clinicStatus().authtoken(authtoken).build();
  }

  private static ClinicScene published(Clinic clinic) {
    ClinicScene scene = ClinicScene.of(clinic).user().secret("cr_1", null);
    return scene.credential("cr_1", scene.mark());
  }

  private static Secret rotated(String text) {
    return new SecretBuilder(published(annotated(text).build()).observe().secret().present())
        .editMetadata()
        .addToAnnotations(SiteKitSecret.ROTATED, text)
        .endMetadata()
        .build();
  }
}
