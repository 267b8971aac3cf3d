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
import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialDecisionTest {
  private static final String CREATE = "create credentials of Clinic clinics/clinic1";
  private static final String DELETE = "delete credentials cr_1";

  /**
   * The Secret is: absent, pending (it has a nonce), complete (it has a token), both, lost (it has
   * a nonce of which it says that its token is lost), or old and lost (that, and an earlier token).
   * The credential cr_1 at the platform is: none, unpublished (it carries that nonce), published
   * (its token is in the Secret) or other.
   */
  @ParameterizedTest
  @CsvSource({
    "absent,   none,      create fresh",
    "absent,   other,     create fresh",
    "pending,  none,      create n",
    "pending,  unpublished, say lost",
    "pending,  other,     create n",
    "complete, none,      create fresh",
    "complete, published, nothing",
    "complete, other,     create fresh",
    "both,     none,      create n",
    "both,     unpublished, say lost",
    "both,     published, nothing",
    "both,     other,     create n",
    "lost,     none,      create fresh",
    "lost,     unpublished, delete",
    "lost,     other,     create fresh",
    "old and lost, unpublished, delete",
  })
  void whatIsDoneFollowsFromTheSecretAndTheCredential(
      String secret, String credential, String expected) {
    // Given
    ClinicScene scene = ClinicScene.of(clinic("clinic1").build()).user();
    switch (secret) {
      case "pending" -> scene.secret(null, "n");
      case "complete" -> scene.secret("published".equals(credential) ? "cr_1" : "cr_0", null);
      case "both" -> scene.secret("published".equals(credential) ? "cr_1" : "cr_0", "n");
      case "lost" -> scene.secret(null, null).lost("n");
      case "old and lost" -> scene.secret("cr_0", null).lost("n");
      default -> {}
    }
    switch (credential) {
      case "unpublished" -> scene.credential("cr_1", scene.mark().withNonce("n"));
      case "published", "other" -> scene.credential("cr_1", scene.mark().withNonce("old"));
      default -> {}
    }
    // When
    ClinicDecision decision = scene.decide();
    List<Step> steps = decision.remote();
    // Then
    assertThat(decision.lostToken() == LostToken.FOUND).isEqualTo(expected.equals("say lost"));
    switch (expected) {
      case "say lost" -> {
        assertThat(steps).isEmpty();
        assertThat(ClinicScene.text(decision.publications()))
            .containsExactly("write Secret clinic1-site-kit");
      }
      case "nothing" -> assertThat(steps).isEmpty();
      case "delete" -> assertThat(ClinicScene.text(steps)).containsExactly(DELETE);
      default ->
          assertThat(steps)
              .singleElement()
              .isInstanceOfSatisfying(
                  Step.Create.class,
                  create -> {
                    assertThat(create.toString()).isEqualTo(CREATE);
                    assertThat(create.resource().is(Resource.Trait.JOURNALED)).isTrue();
                    assertThat(nonce(create)).isEqualTo(expected.substring("create ".length()));
                  });
    }
  }

  @Test
  void aPublishedCredentialThatIsGoneIsDriftAndALostSecretIsNot() {
    // Given
    Clinic clinic =
        clinic("clinic1")
            .status(authtoken(new AuthtokenStatus("cr_0", null, null, null, null, null, null)))
            .build();
    // Then
    assertThat(ClinicScene.of(clinic).user().secret("cr_0", null).decide().remote())
        .extracting(Step::cause)
        .containsExactly(Cause.DRIFT);
    assertThat(ClinicScene.of(clinic).user().decide().remote())
        .extracting(Step::cause)
        .containsExactly(Cause.MANIFEST);
    assertThat(ClinicScene.of(clinic("clinic1").build()).user().decide().remote())
        .extracting(Step::cause)
        .containsExactly(Cause.MANIFEST);
  }

  @Test
  void anACLThatDiffersIsCorrectedAndItsOrderDoesNotMatter() {
    // Given
    Clinic clinic = clinic("clinic1").exclusive("b.com").exclusive("a.com").build();
    ClinicScene other =
        published(clinic).credential("cr_1", published(clinic).mark(), "bind:x.com");
    ClinicScene turned =
        published(clinic)
            .credential(
                "cr_1",
                published(clinic).mark(),
                "bind:b.com",
                "bind:*.clinic1.internal",
                "bind:a.com");
    // Then
    assertThat(credentialSteps(other)).containsExactly("update credentials cr_1");
    assertThat(credentialSteps(turned)).isEmpty();
  }

  @Test
  void aRetainedCredentialIsMadeActiveAgain() {
    // Given
    ClinicScene scene = published(clinic("clinic1").build());
    scene.credential("cr_1", scene.mark().withNonce("n").retained());
    // Then
    assertThat(scene.decide().remote())
        .singleElement()
        .isInstanceOfSatisfying(
            Step.Update.class,
            update -> {
              String metadata = ((Credential.Update) update.changes()).metadata();
              assertThat(Mark.parse(metadata)).contains(scene.mark().withNonce("n"));
            });
  }

  /** Sessions: who uses the old credential cr_1 and the new cr_2. */
  @ParameterizedTest
  @CsvSource({
    "PT23H, WhenUnused,   none, ''",
    "PT24H, WhenUnused,   none, delete",
    "PT24H, WhenUnused,   new,  delete",
    "PT24H, WhenUnused,   old,  ''",
    "PT24H, WhenUnused,   both, delete and stop",
    "PT23H, AfterOverlap, old,  ''",
    "PT24H, AfterOverlap, old,  delete and stop",
    "PT24H, AfterOverlap, both, delete and stop",
  })
  void anOldCredentialGoesAfterItsOverlapAndNotWhileThatWouldCutTheSiteOff(
      Duration since, RevokeOld when, String using, String expected) {
    // Given
    ClinicScene scene = rotating(since, when);
    if (using.equals("old") || using.equals("both")) {
      scene.session("1", "cr_1", null);
    }
    if (using.equals("new") || using.equals("both")) {
      scene.session("2", "cr_2", null);
    }
    // When
    ClinicDecision decision = scene.decide();
    // Then
    assertThat(ClinicScene.text(decision.remote()))
        .isEqualTo(
            switch (expected) {
              case "delete" -> List.of(DELETE);
              case "delete and stop" -> List.of(DELETE, "stop tunnel_sessions 1");
              default -> List.of();
            });
    assertThat(decision.status().authtoken().credentialID()).isEqualTo("cr_2");
    assertThat(decision.status().authtoken().retiring())
        .extracting(RetiringCredential::credentialID)
        .containsExactly("cr_1");
  }

  @Test
  void theOverlapBeginsWhenThereIsANewToken() {
    // Given
    RetiringCredential old =
        new RetiringCredential("cr_1", ClinicScene.NOW.minus(Duration.ofDays(9)).toString(), null);
    Clinic suspendedUntilNow =
        clinic("clinic1")
            .overlap("24h")
            .revokeOld(RevokeOld.AfterOverlap)
            .status(
                authtoken(new AuthtokenStatus(null, null, null, List.of(old), null, null, null)))
            .build();
    ClinicScene scene = ClinicScene.of(suspendedUntilNow).user().secret("cr_2", null);
    scene.credential("cr_1", scene.mark()).credential("cr_2", scene.mark());
    // When
    ClinicDecision decision = scene.decide();
    // Then
    assertThat(decision.remote()).isEmpty();
    assertThat(decision.status().authtoken().retiring())
        .containsExactly(new RetiringCredential("cr_1", ClinicScene.NOW.toString(), null));
  }

  @Test
  void looksAgainWhenTheOverlapEnds() {
    assertThat(rotating(Duration.ofHours(23), RevokeOld.WhenUnused).decide().requeueAt())
        .contains(ClinicScene.NOW.plus(Duration.ofHours(1)));
  }

  @Test
  void sessionsOfARevokedCredentialAreEndedThoughItIsGone() {
    // Given
    Clinic clinic = retiringInStatus(Duration.ofDays(2), RevokeOld.WhenUnused);
    ClinicScene scene = ClinicScene.of(clinic).user().secret("cr_2", null);
    scene.credential("cr_2", scene.mark());
    scene.session("1", "cr_1", null).session("2", "cr_2", null);
    // When
    ClinicDecision decision = scene.decide();
    // Then
    assertThat(ClinicScene.text(decision.remote())).containsExactly("stop tunnel_sessions 1");
    assertThat(decision.status().authtoken().retiring())
        .extracting(RetiringCredential::credentialID)
        .containsExactly("cr_1");
  }

  @Test
  void aRevokedCredentialIsRememberedUntilItsSessionsAreKnownToBeGone() {
    // Given
    Clinic clinic = retiringInStatus(Duration.ofDays(2), RevokeOld.WhenUnused);
    ClinicScene scene = ClinicScene.of(clinic).user().secret("cr_2", null);
    scene.credential("cr_2", scene.mark());
    // Then
    assertThat(scene.decide().status().authtoken().retiring()).isEmpty();
    scene.inventory.doubt(dev.clinicnet.operator.ngrok.Resource.TUNNEL_SESSIONS);
    assertThat(ClinicDecision.decide(scene.observeUnswept()).status().authtoken().retiring())
        .hasSize(1);
  }

  @Test
  void aLostSecretDoesNotRevokeWhatTheSiteMayUse() {
    // Given
    Clinic clinic = retiringInStatus(Duration.ofDays(100), RevokeOld.AfterOverlap);
    ClinicScene scene = ClinicScene.of(clinic).user();
    scene.credential("cr_1", scene.mark().withNonce("old"));
    // When
    ClinicDecision decision = scene.decide();
    // Then
    assertThat(ClinicScene.text(decision.remote())).containsExactly(CREATE);
    assertThat(decision.status().authtoken().retiring()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void noACLIsEmptyOrReachesWhatIsNotTheClinics(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      // Given
      Clinic one = random(random, "one");
      Clinic other = random(random, "other");
      List<String> mine = AgentPermissions.of(ClinicScene.of(one).observe());
      List<String> theirs = AgentPermissions.of(ClinicScene.of(other).observe());
      // Then
      assertThat(mine).as("seed %s", seed).isNotEmpty().allMatch(rule -> rule.startsWith("bind:"));
      boolean contested =
          DomainNames.nested(one.getSpec().internalDomain(), other.getSpec().internalDomain())
              || one.getSpec().domains().stream()
                  .anyMatch(
                      a ->
                          other.getSpec().domains().stream()
                              .anyMatch(b -> ClinicClaims.conflict(a, b)));
      if (!contested) {
        assertThat(mine.stream().flatMap(rule -> theirs.stream().filter(t -> meet(rule, t))))
            .as("seed %s: %s and %s", seed, mine, theirs)
            .isEmpty();
      }
    }
  }

  private static boolean meet(String rule, String other) {
    return DomainNames.overlap(rule.substring(5), other.substring(5));
  }

  private static Clinic random(Random random, String name) {
    ClinicBuilder clinic = clinic(name).internalDomain(name(random) + "internal");
    for (int i = random.nextInt(4); i > 0; i--) {
      String domain = (random.nextBoolean() ? "*." : "") + name(random) + "com";
      if (random.nextBoolean()) {
        clinic.shared(domain);
      } else {
        clinic.exclusive(domain);
      }
    }
    return clinic.build();
  }

  private static String name(Random random) {
    StringBuilder name = new StringBuilder();
    for (int labels = 1 + random.nextInt(3); labels > 0; labels--) {
      name.append("abcd".charAt(random.nextInt(4))).append('.');
    }
    return name.toString();
  }

  private static ClinicScene rotating(Duration since, RevokeOld when) {
    ClinicScene scene = ClinicScene.of(retiringInStatus(since, when)).user().secret("cr_2", null);
    return scene.credential("cr_1", scene.mark()).credential("cr_2", scene.mark());
  }

  private static Clinic retiringInStatus(Duration since, RevokeOld when) {
    RetiringCredential old =
        new RetiringCredential("cr_1", ClinicScene.NOW.minus(since).toString(), null);
    return clinic("clinic1")
        .overlap("24h")
        .revokeOld(when)
        .status(authtoken(new AuthtokenStatus("cr_2", null, null, List.of(old), null, null, null)))
        .build();
  }

  private static ClinicStatus authtoken(AuthtokenStatus authtoken) {
    return clinicStatus().authtoken(authtoken).build();
  }

  private static ClinicScene published(Clinic clinic) {
    ClinicScene scene = ClinicScene.of(clinic).user().secret("cr_1", null);
    return scene.credential("cr_1", scene.mark());
  }

  private static List<String> credentialSteps(ClinicScene scene) {
    return Stream.of(scene.steps())
        .flatMap(List::stream)
        .filter(step -> step.contains("credentials"))
        .toList();
  }

  private static String nonce(Step.Create<?, ?> create) {
    return Mark.parse(((Credential.Create) create.body()).metadata()).orElseThrow().nonce();
  }
}
