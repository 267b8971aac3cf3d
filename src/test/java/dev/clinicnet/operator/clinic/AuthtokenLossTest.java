package dev.clinicnet.operator.clinic;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.RetiringCredential;
import dev.clinicnet.operator.api.v1alpha1.RevokeOld;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The cluster was lost, or an old backup was restored, and the credentials are still at ngrok. */
class AuthtokenLossTest {
  private static final String CREATE = "create credentials of Clinic clinics/clinic1";
  private static final String DELETE = "delete credentials cr_1";
  private static final Instant FOUND = ClinicScene.NOW.minus(Duration.ofDays(2));

  @Test
  void inANewClusterAnAuthtokenIsIssuedAndTheOldOneIsInherited() {
    ClinicScene scene = ClinicScene.of(clinic("clinic1").build()).user();
    scene.credential("cr_1", scene.mark().withNonce("old"));

    ClinicDecision decision = scene.decide();

    assertThat(ClinicScene.text(decision.remote())).containsExactly(CREATE);
    assertThat(decision.status().authtoken().retiring())
        .containsExactly(new RetiringCredential("cr_1", ClinicScene.NOW.toString(), null, true));
    assertThat(siteKit(decision).reason()).isEqualTo(Reason.AuthtokenLost);
    assertThat(siteKit(decision).message()).contains("No new authtoken is issued");
  }

  /** Who is connected, and when the new authtoken was first used. */
  @ParameterizedTest
  @CsvSource({
    "nobody, never,  keep",
    "nobody, before, keep",
    "nobody, since,  delete",
    "old,    never,  keep",
    "old,    since,  keep",
    "new,    never,  delete",
    "both,   never,  delete",
  })
  void anInheritedOneGoesWhenAnAgentHasUsedTheNewOne(String using, String used, String expected) {
    for (RevokeOld rule : RevokeOld.values()) {
      ClinicScene scene = found(rule, used);
      if (using.equals("old") || using.equals("both")) {
        scene.session("1", "cr_1", null);
      }
      if (using.equals("new") || using.equals("both")) {
        scene.session("2", "cr_2", null);
      }
      assertThat(scene.steps().contains(DELETE))
          .as("%s", rule)
          .isEqualTo(expected.equals("delete"));
    }
  }

  @ParameterizedTest
  @EnumSource(RevokeOld.class)
  void thatIsSaidUntilAnAgentHasUsedTheNewOne(RevokeOld rule) {
    Verdict waiting = siteKit(found(rule, "never").decide());
    assertThat(waiting.isTrue()).isFalse();
    assertThat(waiting.reason()).isEqualTo(Reason.AuthtokenLost);
    assertThat(waiting.message()).contains("Install the present site kit");
    assertThat(siteKit(found(rule, "before").decide()).reason()).isEqualTo(Reason.AuthtokenLost);
    assertThat(siteKit(found(rule, "since").decide()).reason()).isEqualTo(Reason.NoAgent);
  }

  @Test
  void whatTheOperatorReplacedOrAdoptedIsNotInherited() {
    Clinic known = clinic("clinic1").status(status("cr_1", null)).build();
    ClinicScene replaced = ClinicScene.of(known).user().secret("cr_2", null);
    replaced.credential("cr_1", replaced.mark()).credential("cr_2", replaced.mark());
    ClinicScene adopted = ClinicScene.of(clinic("clinic1").build()).user().secret("cr_2", null);
    adopted.credential("cr_1", adopted.mark().adopting()).credential("cr_2", adopted.mark());

    for (ClinicScene scene : List.of(replaced, adopted)) {
      assertThat(scene.decide().status().authtoken().retiring())
          .extracting(RetiringCredential::inherited)
          .containsOnlyNulls()
          .hasSize(1);
      assertThat(siteKit(scene.decide()).reason()).isEqualTo(Reason.SiteKitNotInstalled);
    }
  }

  @Test
  void aStatusThatIsOlderThanTheAccountDoesNotSayThatSomebodyDeletedTheAuthtoken() {
    Clinic restored = clinic("clinic1").status(status("cr_0", null)).build();
    ClinicScene scene = ClinicScene.of(restored).user().secret("cr_0", null);
    scene.credential("cr_1", scene.mark()).session("1", "cr_1", null);

    ClinicDecision decision = scene.decide();

    assertThat(decision.remote()).extracting(Step::cause).containsExactly(Cause.MANIFEST);
    assertThat(siteKit(decision).reason()).isEqualTo(Reason.AuthtokenLost);
  }

  @Test
  void aPendingNonceOfAnEarlierClinicProvesNothing() {
    ClinicScene scene = ClinicScene.of(clinic("clinic1").build()).user().secret(null, "n");
    scene.secret(
        new SecretBuilder(scene.observe().secret().present())
            .editMetadata()
            .withOwnerReferences(List.of())
            .endMetadata()
            .build());
    scene.credential("cr_1", scene.mark().withNonce("n"));

    ClinicDecision decision = scene.decide();

    assertThat(ClinicScene.text(decision.remote())).containsExactly(CREATE);
    assertThat(
            ((Credential.Create) ((Step.Create<?, ?>) decision.remote().get(0)).body()).metadata())
        .contains("\"nonce\":\"fresh\"");
    assertThat(decision.status().authtoken().retiring())
        .extracting(RetiringCredential::credentialID)
        .containsExactly("cr_1");
  }

  @Test
  void anAuthtokenThatWasSeenInUseIsNotDeletedWhenItsAgentIsAwayForAMoment() {
    AuthtokenStatus last =
        new AuthtokenStatus(
            "cr_2",
            null,
            null,
            List.of(new RetiringCredential("cr_1", FOUND.toString(), FOUND.toString(), true)),
            null,
            null,
            null);
    Clinic restored = clinic("clinic1").status(clinicStatus().authtoken(last).build()).build();
    ClinicScene scene = ClinicScene.of(restored).user().secret("cr_2", "n");
    scene.credential("cr_1", scene.mark().withNonce("n")).credential("cr_2", scene.mark());

    assertThat(scene.steps()).isEmpty();
  }

  /** The authtoken of cr_1 was found two days ago, when that of cr_2 was issued. */
  private static ClinicScene found(RevokeOld rule, String used) {
    String firstUse =
        switch (used) {
          case "before" -> FOUND.minusSeconds(1).toString();
          case "since" -> FOUND.toString();
          default -> null;
        };
    Clinic clinic =
        clinic("clinic1")
            .revokeOld(rule)
            .status(
                status(
                    "cr_2", firstUse, new RetiringCredential("cr_1", FOUND.toString(), null, true)))
            .build();
    ClinicScene scene = ClinicScene.of(clinic).user().secret("cr_2", null);
    return scene.credential("cr_1", scene.mark()).credential("cr_2", scene.mark());
  }

  private static ClinicStatus status(String id, String used, RetiringCredential... retiring) {
    return clinicStatus()
        .authtoken(new AuthtokenStatus(id, null, null, List.of(retiring), used, null, null))
        .build();
  }

  private static Verdict siteKit(ClinicDecision decision) {
    return decision.assessment().get(ConditionType.SiteKitCurrent).orElseThrow();
  }
}
