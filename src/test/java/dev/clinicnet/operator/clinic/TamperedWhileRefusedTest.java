package dev.clinicnet.operator.clinic;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.DomainStatus;
import dev.clinicnet.operator.api.v1alpha1.RetiringCredential;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes by hand at ngrok, mainly of a Clinic that is not accepted. */
class TamperedWhileRefusedTest {
  private static final String OWN = "bind:*.c.internal";
  private static final String SITE = "bind:site.com";
  private static final String ISSUED = "2026-02-01T00:00:00Z";

  @ParameterizedTest
  @ValueSource(strings = {"accepted", "refused"})
  void whatATokenMayBindBeyondItsOwnIsTakenFromItInAnyCase(String state) {
    ClinicScene scene = scene(state, "bind:*");

    Step.Update<?, ?> step = narrowing(scene);
    assertThat(step.cause()).as("neither suspend nor Report holds it").isEqualTo(Cause.CLOSING);
    assertThat(((Credential.Update) step.changes()).acl()).containsExactly(OWN, SITE);
    assertThat(step.drift())
        .singleElement()
        .hasToString(
            "acl of credentials cr_1: found [bind:*] instead of [bind:*.c.internal,"
                + " bind:site.com]");
  }

  @Test
  void whatAnAcceptedManifestIsToHaveIsNotTaken() {
    ClinicScene scene =
        scene(clinic("c").exclusive("site.com").exclusive("new.com"), OWN, SITE, "bind:new.com");
    scene.domain("rd_2", "new.com", scene.mark());

    assertThat(scene.decide().remote())
        .filteredOn(step -> step.isOn(Resource.CREDENTIALS))
        .isEmpty();
  }

  @Test
  void lessThanWasProgrammedIsPutRightOnlyWhereItMayBe() {
    ClinicScene accepted = scene("accepted", OWN);
    ClinicScene refused = scene("refused", OWN);

    assertThat(accepted.decide().remote())
        .filteredOn(step -> step.isOn(Resource.CREDENTIALS))
        .singleElement()
        .matches(step -> step.cause() == Cause.DRIFT);
    assertThat(refused.steps()).isEmpty();
    assertThat(refused.decide().left())
        .extracting(Drift::what)
        .containsExactly("acl of credentials cr_1");
  }

  @Test
  void aCredentialOnItsWayOutWasNeverForAllNames() {
    ClinicScene scene = scene("refused", OWN, SITE);
    scene.credential("cr_0", scene.mark(), "bind:*.old.internal", "bind:*.internal");
    ClinicScene older = scene("refused", OWN, SITE);
    older.credential("cr_0", older.mark(), "bind:*.old.internal");

    assertThat(narrowing(scene).id()).isEqualTo("cr_0");
    assertThat(older.steps()).isEmpty();
  }

  @Test
  void deletedThingsOfARefusedClinicAreToldAndNotMadeAgain() {
    ClinicScene scene =
        ClinicScene.of(refusedManifest().status(status()).build()).user().secret("cr_1", null);

    assertThat(scene.steps()).isEmpty();
    assertThat(scene.decide().left())
        .extracting(Drift::what)
        .containsExactly("reserved_domains site.com (deleted)", "credentials cr_1 (deleted)");
  }

  @Test
  void theTechnicianIsSentToTheConditionThatSaysIt() {
    ClinicScene scene =
        ClinicScene.of(refusedManifest().status(status()).build()).user().secret("cr_1", null);

    assertThat(
            scene.decide().assessment().get(ConditionType.SiteKitCurrent).orElseThrow().message())
        .endsWith("No new site kit is issued: see Programmed.");
  }

  private static Step.Update<?, ?> narrowing(ClinicScene scene) {
    List<Step> steps =
        scene.decide().remote().stream().filter(step -> step.isOn(Resource.CREDENTIALS)).toList();
    assertThat(steps).hasSize(1);
    return (Step.Update<?, ?>) steps.get(0);
  }

  /** Its token was made for its own names, and may bind others now. */
  private static ClinicScene scene(String state, String... acl) {
    return scene(
        state.equals("accepted") ? clinic("c").exclusive("site.com") : refusedManifest(), acl);
  }

  private static ClinicScene scene(ClinicBuilder builder, String... acl) {
    ClinicScene scene = ClinicScene.of(builder.status(status()).build()).user();
    scene.domain("rd_1", "site.com", scene.mark()).secret("cr_1", null);
    return scene.credential("cr_1", scene.mark().withNonce("n"), acl);
  }

  /** The Secret of its site kit cannot have the name of that for the agent's API. */
  private static ClinicBuilder refusedManifest() {
    return clinic("c")
        .exclusive("site.com")
        .exclusive("more.com")
        .secretName("c-agent-api")
        .agentAPI("more.com");
  }

  private static ClinicStatus status() {
    return clinicStatus()
        .domains(List.of(new DomainStatus("site.com", "rd_1", null, null, null)))
        .authtoken(
            new AuthtokenStatus(
                "cr_1",
                ISSUED,
                List.of(OWN, SITE),
                List.of(new RetiringCredential("cr_0", ISSUED, null)),
                ISSUED,
                null,
                null))
        .build();
  }
}
