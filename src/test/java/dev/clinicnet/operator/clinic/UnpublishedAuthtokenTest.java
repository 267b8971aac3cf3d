package dev.clinicnet.operator.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.RetiringCredential;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.ScriptedNgrok;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process ended during a rotation: before it could write the new authtoken into the Secret, or
 * after the next process had said that the authtoken is lost. Then somebody changed what is in the
 * site kit.
 */
class UnpublishedAuthtokenTest extends ClinicAtWork {
  private static final String NONCE = "of nobody";

  @ParameterizedTest
  @ValueSource(strings = {SiteKitSecret.PENDING, SiteKitSecret.LOST})
  void itsCredentialIsDeletedAndIsNotTakenForOneThatASiteHas(String said) {
    endDuringARotation(said);
    annotate(Annotations.ROTATE, "1");
    String before = token();

    sweepAndPass();

    assertThat(scene.ngrok.log()).containsExactly("delete credentials", "create credentials");
    assertThat(token()).isNotEqualTo(before);
    assertThat(reason(ConditionType.SiteKitCurrent)).isEqualTo("SiteKitNotInstalled");
    theSecretSaysNothingOfIt();
  }

  @ParameterizedTest
  @ValueSource(strings = {SiteKitSecret.PENDING, SiteKitSecret.LOST})
  void theSameIfTheRotationIsNotWantedAnyMore(String said) {
    endDuringARotation(said);
    String before = token();

    sweepAndPass();
    pass();

    assertThat(scene.ngrok.log()).containsExactly("delete credentials");
    assertThat(token()).isEqualTo(before);
    assertThat(clinic.getStatus().authtoken().retiring()).isEmpty();
    theSecretSaysNothingOfIt();
  }

  @ParameterizedTest
  @ValueSource(strings = {SiteKitSecret.PENDING, SiteKitSecret.LOST})
  void theSecretOfAnEarlierClinicDoesNotProveThatNobodyHasIt(String said) {
    endDuringARotation(said);
    Secret kit = siteKit();
    kit.getMetadata().getOwnerReferences().get(0).setUid("earlier");
    cluster.add(kit);

    sweepAndPass();
    pass();

    assertThat(scene.ngrok.log()).isEmpty();
    assertThat(clinic.getStatus().authtoken().retiring())
        .singleElement()
        .matches(retiring -> retiring.credentialID().equals("cr_new"));
    theSecretSaysNothingOfIt();
  }

  /** The outcome of the request is unknown, and the site kit changes in the same pass. */
  @Test
  void aNewSiteKitDoesNotForgetARequestWhoseOutcomeIsUnknown() {
    annotate(Annotations.ROTATE, "1");
    annotate(Annotations.RESTART_AGENTS, "so that the pass goes on");
    scene.ngrok.failing("create credentials", ScriptedNgrok.failure(Failure.OUTCOME_UNKNOWN));
    cluster.beforeSecretsAreRead(
        () -> {
          if (scene.ngrok.log().contains("create credentials")) {
            annotate(Annotations.CONTACT, "Jo, room 3");
          }
        });
    pass();
    String nonce = siteKit().getMetadata().getAnnotations().get(SiteKitSecret.PENDING);
    assertThat(SecretText.of(siteKit(), SiteKitSecret.README)).get().asString().contains("room 3");
    assertThat(nonce).isNotNull();
    appear(nonce);

    sweepAndPass();

    assertThat(scene.ngrok.log()).contains("delete credentials");
    assertThat(clinic.getStatus().authtoken().retiring())
        .extracting(RetiringCredential::credentialID)
        .doesNotContain("cr_new");
  }

  private void endDuringARotation(String said) {
    appear(NONCE);
    cluster.add(
        new SecretBuilder(siteKit())
            .editMetadata()
            .addToAnnotations(said, NONCE)
            .endMetadata()
            .build());
    annotate(Annotations.CONTACT, "Jo, room 3");
  }

  private void theSecretSaysNothingOfIt() {
    assertThat(siteKit().getMetadata().getAnnotations())
        .doesNotContainKeys(SiteKitSecret.PENDING, SiteKitSecret.LOST);
    assertThat(SecretText.of(siteKit(), SiteKitSecret.README)).get().asString().contains("room 3");
  }

  /** A credential appears at ngrok, whose token nobody has. */
  private void appear(String nonce) {
    String acl = "bind:*.clinic1.internal";
    String user = clinic.getStatus().serviceUser().id();
    scene.ngrok.put(
        Resource.CREDENTIALS,
        new Credential(
            "cr_new",
            "2026-02-28T00:00:00Z",
            null,
            scene.mark().withNonce(nonce).text(),
            List.of(acl),
            user,
            null));
  }
}
