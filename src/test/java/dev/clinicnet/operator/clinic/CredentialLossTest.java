package dev.clinicnet.operator.clinic;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.RetiringCredential;
import dev.clinicnet.operator.api.v1alpha1.RevokeOld;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Somebody deleted the credential of the installed site kit by hand. */
class CredentialLossTest {
  private static final String USED = "2026-02-01T00:00:00Z";
  private static final String SINCE = ClinicScene.NOW.minus(Duration.ofHours(1)).toString();

  @Test
  void whileNothingIsLostNothingIsSaid() {
    ClinicScene complete = ClinicScene.of(clinic("c").status(last("cr_1", USED)).build()).user();
    complete.secret("cr_1", null).credential("cr_1", complete.mark());
    ClinicScene fresh = ClinicScene.of(clinic("c").build()).user();
    ClinicScene lostSecret = ClinicScene.of(clinic("c").status(last("cr_1", USED)).build()).user();
    lostSecret.credential("cr_1", lostSecret.mark());
    ClinicScene rotated =
        ClinicScene.of(clinic("c").status(last("cr_1", USED)).build()).user().secret("cr_2", null);
    rotated.credential("cr_1", rotated.mark()).credential("cr_2", rotated.mark());

    assertThat(loss(complete)).isEmpty();
    assertThat(loss(fresh)).isEmpty();
    assertThat(loss(lostSecret)).as("a lost Secret is no lost credential").isEmpty();
    assertThat(loss(rotated)).as("the old one is still there").isEmpty();
  }

  @Test
  void whatQuarantineDeletedIsNotLost() {
    ClinicStatus quarantined =
        clinicStatus()
            .authtoken(authtoken("cr_1", USED, List.of()))
            .quarantinedSince(SINCE)
            .build();

    assertThat(loss(ClinicScene.of(clinic("c").status(quarantined).build()).secret("cr_1", null)))
        .isEmpty();
  }

  @Test
  void beforeANewOneIsIssuedTheMessageSaysWhyThereIsNone() {
    ClinicScene scene =
        ClinicScene.of(clinic("c").suspended().status(last("cr_1", USED)).build())
            .user()
            .secret("cr_1", null);

    assertThat(offline(scene)).endsWith("No new one is issued: see Programmed.");
    assertThat(siteKit(scene, List.of()))
        .contains("No agent can connect with it.")
        .endsWith("No new site kit is issued: see Programmed.");
  }

  @Test
  void aConnectedAgentWorksOnUntilItsSessionEnds() {
    ClinicScene whenUnused = replaced(clinic("c"));
    whenUnused.session("1", "cr_1", null);
    ClinicScene afterOverlap =
        replaced(clinic("c").revokeOld(RevokeOld.AfterOverlap).overlap("24h"));
    afterOverlap.session("1", "cr_1", null);
    List<RetiringCredential> retiring = List.of(new RetiringCredential("cr_1", SINCE, null));

    assertThat(siteKit(whenUnused, retiring))
        .contains("works on until it has to connect anew")
        .endsWith("Install the new site kit on the site's agent host before that happens.");
    assertThat(siteKit(afterOverlap, retiring))
        .endsWith(
            "before "
                + ClinicScene.NOW.plus(Duration.ofHours(23))
                + ", when the operator ends the old session.");
    assertThat(siteKit(afterOverlap, List.of())).endsWith("before that happens.");
  }

  @Test
  void withoutAnAgentTheTechnicianIsAskedAtOnce() {
    ClinicScene scene = replaced(clinic("c"));

    assertThat(offline(scene))
        .contains("none can connect", "deleted the authtoken of the installed site kit")
        .endsWith("Install the new site kit on the site's agent host now.");
    assertThat(siteKit(scene, List.of()))
        .endsWith("Install the new site kit on the site's agent host now.");
  }

  @Test
  void itIsSaidUntilAnAgentHasUsedTheNewOne() {
    // The status names the new credential by now: only the condition remembers the loss.
    ClinicScene said = remembered(last("cr_2", null, Reason.CredentialLost));
    ClinicScene other = remembered(last("cr_2", null, Reason.SiteKitNotInstalled));
    ClinicScene used = remembered(last("cr_2", USED, Reason.CredentialLost));
    ClinicScene connecting = remembered(last("cr_2", null, Reason.CredentialLost));
    connecting.session("1", "cr_2", null);

    assertThat(loss(said)).isPresent();
    assertThat(loss(other)).isEmpty();
    assertThat(loss(used)).isEmpty();
    assertThat(loss(connecting)).isEmpty();
  }

  @Test
  void nothingIsCalledLostThatIsOnlyNotListed() {
    ClinicScene scene = replaced(clinic("c"));
    scene.observe();
    scene.inventory.doubt(Resource.CREDENTIALS);

    assertThat(CredentialLoss.of(scene.observeUnswept())).isEmpty();
  }

  @Test
  void theConditionsOfTheClinicSayIt() {
    ClinicScene scene = replaced(clinic("c"));

    assertThat(verdict(scene, ConditionType.AgentOnline).reason()).isEqualTo(Reason.CredentialLost);
    assertThat(verdict(scene, ConditionType.SiteKitCurrent).reason())
        .isEqualTo(Reason.CredentialLost);
  }

  /** The credential cr_1 is gone, and cr_2 is in the Secret. */
  private static ClinicScene replaced(ClinicBuilder builder) {
    return withSecond(ClinicScene.of(builder.status(last("cr_1", USED)).build()));
  }

  private static ClinicScene remembered(ClinicStatus status) {
    return withSecond(ClinicScene.of(clinic("c").status(status).build()));
  }

  private static ClinicScene withSecond(ClinicScene scene) {
    scene.user().secret("cr_2", null);
    return scene.credential("cr_2", scene.mark().withNonce("n"));
  }

  private static Optional<CredentialLoss> loss(ClinicScene scene) {
    return CredentialLoss.of(scene.observe());
  }

  private static String offline(ClinicScene scene) {
    return loss(scene).orElseThrow().offline().message();
  }

  private static String siteKit(ClinicScene scene, List<RetiringCredential> retiring) {
    Verdict verdict = loss(scene).orElseThrow().siteKit(authtoken("cr_2", null, retiring));
    assertThat(verdict.reason()).isEqualTo(Reason.CredentialLost);
    assertThat(verdict.status()).isEqualTo(ConditionStatus.False);
    return verdict.message();
  }

  private static Verdict verdict(ClinicScene scene, ConditionType type) {
    return scene.decide().assessment().get(type).orElseThrow();
  }

  private static ClinicStatus last(String credential, String firstUsed) {
    return last(credential, firstUsed, Reason.SiteKitInstalled);
  }

  private static ClinicStatus last(String credential, String firstUsed, Reason siteKit) {
    Condition said =
        new Condition(
            ConditionType.SiteKitCurrent.name(),
            ConditionStatus.False,
            1L,
            USED,
            siteKit.name(),
            "m");
    return clinicStatus()
        .conditions(List.of(said))
        .authtoken(authtoken(credential, firstUsed, List.of()))
        .build();
  }

  private static AuthtokenStatus authtoken(
      String credential, String firstUsed, List<RetiringCredential> retiring) {
    return new AuthtokenStatus(credential, USED, List.of(), retiring, firstUsed, null, null);
  }
}
