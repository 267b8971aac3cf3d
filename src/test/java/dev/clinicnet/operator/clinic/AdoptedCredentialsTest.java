package dev.clinicnet.operator.clinic;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.RetiringCredential;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.grant.AdmittingGrants;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.plan.Step;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A credential that was made by hand: it is marked, keeps working, and retires when asked to. */
class AdoptedCredentialsTest {
  private static final String ADOPT = "clinicnet.dev/adopt";
  private static final String KEEP = "clinicnet.dev/keep-authtoken";
  private static final String NAMES = "*.clinic1.internal";
  private static final String BY_HAND = "made by Ann";

  @Test
  void itIsMarkedAndNothingElseIsDone() {
    ClinicScene scene = byHand(keeping()).session("1", "cr_1", "Ann's agent");

    ClinicDecision decision = scene.decide();

    assertThat(decision.assessment().fails(ConditionType.Accepted)).isFalse();
    assertThat(decision.remote()).singleElement().isInstanceOf(Step.Update.class);
    Step.Update<?, ?> update = (Step.Update<?, ?>) decision.remote().get(0);
    assertThat(update.id()).isEqualTo("cr_1");
    assertThat(update.changes())
        .isEqualTo(new Credential.Update(null, scene.mark().adopting().text(), null));
    assertThat(verdict(decision, ConditionType.AgentOnline)).isEqualTo(Reason.AgentConnected);
    assertThat(verdict(decision, ConditionType.SiteKitCurrent)).isEqualTo(Reason.AuthtokenKept);

    scene.credential("cr_1", scene.mark().adopting());
    assertThat(scene.steps()).isEmpty();
  }

  @Test
  void withoutAGrantItClaimsTheInternalDomain() {
    ClinicScene scene = ClinicScene.of(keeping().build()).credential("cr_1", BY_HAND);

    assertThat(verdict(scene.decide(), ConditionType.Accepted))
        .isEqualTo(Reason.InternalDomainConflict);
    assertThat(scene.steps()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bind:tcp://db.clinic1.internal:5432",
        "bind:https://*.clinic1.internal",
        "bind:TLS://A.B.Clinic1.internal:443",
        "bind:tcp://*.internal",
        "bind:https://clinic1.internal"
      })
  void aRuleWithSchemeAndPortClaimsTheInternalDomainToo(String rule) {
    ClinicScene scene = ClinicScene.of(keeping().build()).credential("cr_1", BY_HAND, rule);

    assertThat(verdict(scene.decide(), ConditionType.Accepted))
        .isEqualTo(Reason.InternalDomainConflict);
  }

  @Test
  void aRuleWithSchemeAndPortIsAdoptedByItsName() {
    ClinicScene scene =
        ClinicScene.of(keeping().build())
            .granted(AdmittingGrants.adopting("db.clinic1.internal"))
            .credential("cr_1", BY_HAND, "bind:tcp://db.clinic1.internal:5432");

    assertThat(scene.steps()).containsExactly("update credentials cr_1");
  }

  /** A token for other names too would be lost to others when it retires. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "bind:*",
        "bind:*.clinic2.internal",
        "bind:other.example.com",
        "bind:tcp://a.clinic2.internal:22"
      })
  void oneForMoreNamesThanGrantedIsNotAdopted(String rule) {
    ClinicScene scene =
        ClinicScene.of(keeping().build())
            .granted(AdmittingGrants.adopting(NAMES))
            .credential("cr_1", BY_HAND, "bind:*.clinic1.internal", rule);

    assertThat(scene.steps()).isEmpty();
  }

  /** An operator of another installation has marked it. */
  @Test
  void oneWithAMarkIsNotAdopted() {
    ClinicScene scene = ClinicScene.of(keeping().build()).granted(AdmittingGrants.adopting(NAMES));
    Mark mark = scene.mark();
    Mark theirs = Mark.of("theirs", mark.owner().orElseThrow(), "u", "clinic1");

    assertThat(scene.credential("cr_1", theirs).steps()).isEmpty();
  }

  @Test
  void withoutTheAnnotationThereIsANewAuthtokenAndTheOldOneRetires() {
    ClinicScene scene =
        ClinicScene.of(adopting().build())
            .granted(AdmittingGrants.adopting(NAMES))
            .user()
            .credential("cr_1", ClinicScene.mark(adopting().build()).adopting());

    assertThat(scene.steps()).containsExactly("create credentials of Clinic clinics/clinic1");

    scene.credential("cr_2", scene.mark()).secret("cr_2", null);
    assertThat(scene.steps()).isEmpty();
    assertThat(scene.decide().status().authtoken().retiring())
        .extracting(RetiringCredential::credentialID)
        .containsExactly("cr_1");
  }

  /** Long after the overlap, a site that is offline still has only the old token. */
  @Test
  void theOldOneIsRevokedOnlyAfterAnAgentHasUsedTheNewOne() {
    Instant late = ClinicScene.NOW.plusSeconds(1_000_000);
    ClinicScene scene = retiring(null).at(late);
    assertThat(scene.steps()).isEmpty();

    scene.session("1", "cr_2", null);
    assertThat(scene.steps()).containsExactly("delete credentials cr_1");

    assertThat(retiring("2026-03-02T00:00:00Z").at(late).steps())
        .containsExactly("delete credentials cr_1");
  }

  /** The ACL of a retiring token could be for fewer names, and its site would not come back. */
  @Test
  void itsPermissionsStayAsTheyAre() {
    assertThat(retiring(null).credential("cr_1", adoptedMark(), "bind:*.internal").steps())
        .isEmpty();
  }

  @Test
  void itIsGivenBackWhenTheClinicIsDeleted() {
    ClinicScene scene =
        byHand(keeping()).credential("cr_1", adoptedMark()).session("1", "cr_1", null);

    ClinicDeletion deletion = ClinicDeletion.decide(scene.observe());

    assertThat(deletion.steps()).singleElement().isInstanceOf(Step.Update.class);
    scene.credential("cr_1", adoptedMark().retained());
    assertThat(ClinicDeletion.decide(scene.observe()).remaining()).isEmpty();
  }

  @Test
  void aQuarantineCutsItOff() {
    ClinicScene scene =
        ClinicScene.of(keeping().annotation("clinicnet.dev/quarantine", "true").build())
            .granted(AdmittingGrants.adopting(NAMES))
            .credential("cr_1", adoptedMark())
            .session("1", "cr_1", null);

    assertThat(scene.steps()).containsExactly("delete credentials cr_1", "stop tunnel_sessions 1");
  }

  /** Nobody has a token after a quarantine, so there is none to keep. */
  @Test
  void afterAQuarantineThereIsANewAuthtoken() {
    ClinicBuilder released =
        keeping().status(clinicStatus().quarantinedSince("2026-03-01T00:00:00Z").build());

    assertThat(ClinicScene.of(released.build()).user().steps())
        .containsExactly("create credentials of Clinic clinics/clinic1");
  }

  /** A lost Secret is not a reason to leave a site without one. */
  @Test
  void anIssuedAuthtokenIsNotKept() {
    ClinicScene scene =
        ClinicScene.of(keeping().build())
            .user()
            .credential("cr_1", ClinicScene.mark(keeping().build()));

    assertThat(scene.steps()).containsExactly("create credentials of Clinic clinics/clinic1");
  }

  private static ClinicScene byHand(ClinicBuilder clinic) {
    return ClinicScene.of(clinic.build())
        .granted(AdmittingGrants.adopting(NAMES))
        .credential("cr_1", BY_HAND);
  }

  private static ClinicScene retiring(String firstUsedAt) {
    AuthtokenStatus authtoken =
        new AuthtokenStatus(
            "cr_2",
            "2026-03-01T00:00:00Z",
            List.of("bind:*.clinic1.internal"),
            List.of(new RetiringCredential("cr_1", "2026-03-01T00:00:00Z", null)),
            firstUsedAt,
            null,
            null);
    return ClinicScene.of(adopting().status(clinicStatus().authtoken(authtoken).build()).build())
        .granted(AdmittingGrants.adopting(NAMES))
        .user()
        .credential("cr_1", adoptedMark())
        .credential("cr_2", ClinicScene.mark(adopting().build()))
        .secret("cr_2", null);
  }

  private static Mark adoptedMark() {
    return ClinicScene.mark(adopting().build()).adopting();
  }

  private static ClinicBuilder keeping() {
    return adopting().annotation(KEEP, "true");
  }

  private static ClinicBuilder adopting() {
    return clinic("clinic1").annotation(ADOPT, "rd_9, cr_1");
  }

  private static Reason verdict(ClinicDecision decision, ConditionType type) {
    return decision.assessment().get(type).orElseThrow().reason();
  }
}
