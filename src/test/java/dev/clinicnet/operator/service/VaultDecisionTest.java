package dev.clinicnet.operator.service;

import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.VaultSecretStatus;
import dev.clinicnet.operator.claim.ServiceBuilder;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.SecretValue;
import dev.clinicnet.operator.ngrok.VaultSecret;
import dev.clinicnet.operator.plan.Attempts;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Journal;
import dev.clinicnet.operator.plan.PlanRunner;
import dev.clinicnet.operator.plan.ScriptedNgrok;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.AccessPolicy;
import dev.clinicnet.operator.policy.Forwards;
import dev.clinicnet.operator.policy.PolicyBuilder;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VaultDecisionTest {
  private static final String PLANTED = "planted-client-secret";
  private static final String NAME = "clinics/web/oauth_client_secret";
  private static final String URL = "https://web.api.com";
  private static final AccessPolicy OPEN = AccessPolicy.ofAddresses(List.of(), List.of());
  private static final String POLICY =
      PolicyBuilder.https(OPEN, List.of(), Map.of(), Forwards.to("https://web.clinic1.internal"))
          .toJson();

  @Test
  void firstTheVaultThenTheSecretThenTheEndpoint() {
    // Given
    ServiceScene scene = scene(web());
    // When
    assertThat(run(scene, entry("1"))).containsExactly("create vaults clinicnet_i");
    assertThat(run(scene, entry("1"))).containsExactly("create vault_secrets " + NAME);
    assertThat(run(scene, entry("1"))).containsExactly("create endpoints " + URL);
    // Then
    assertThat(run(scene, entry("1"))).isEmpty();
    VaultSecret made = scene.inventory.all(Resource.VAULT_SECRETS).get(0);
    assertThat(Mark.parse(made.metadata())).contains(scene.mark().withVersion("1"));
    assertThat(Mark.parse(scene.inventory.all(Resource.VAULTS).get(0).metadata()))
        .contains(Mark.shared("i"));
    assertThat(exposed(scene, entry("1")).status().vaultSecrets())
        .containsExactly(new VaultSecretStatus(NAME, made.id()));
  }

  @Test
  void withoutEntriesTheVaultIsNotLookedAt() {
    VaultDecision decision = decide(scene(web()).observeUnswept());

    assertThat(decision.before()).isEmpty();
    assertThat(decision.after()).isEmpty();
    assertThat(decision.status()).isEmpty();
  }

  /** The existing secrets, by version and state of the mark. */
  @ParameterizedTest
  @CsvSource({
    "1,  active,   none",
    "2,  active,   update",
    "'', active,   update",
    "1,  retained, update",
    "1,  unmarked, update",
  })
  void aValueIsSentAgainOnlyWhenItsVersionDiffers(String version, String state, String expected) {
    // Given
    ServiceScene scene = withVault(web());
    Mark mark = version.isEmpty() ? scene.mark() : scene.mark().withVersion(version);
    scene.vaultSecret(
        "secret_1",
        "vault_1",
        NAME,
        switch (state) {
          case "retained" -> mark.retained();
          case "unmarked" -> null;
          default -> mark;
        });
    // When
    List<Step> steps = decide(scene.observe(), entry("1")).before();
    // Then
    if (expected.equals("none")) {
      assertThat(steps).isEmpty();
    } else {
      VaultSecret.Update changes =
          (VaultSecret.Update) ((Step.Update<?, ?>) steps.get(0)).changes();
      assertThat(steps).hasSize(1);
      assertThat(changes.value().reveal()).isEqualTo(PLANTED);
      assertThat(changes.metadata()).isEqualTo(scene.mark().withVersion("1").text());
    }
  }

  @Test
  void aNewValueGoesBeforeTheEndpointAndDoesNotTouchIt() {
    // Given
    ServiceScene scene = withVault(web());
    scene
        .vaultSecret("secret_1", "vault_1", NAME, scene.mark().withVersion("1"))
        .endpoint("ep_1", URL, scene.mark(), POLICY);
    // Then
    assertThat(run(scene, entry("2"))).containsExactly("update vault_secrets " + NAME);
    assertThat(run(scene, entry("2"))).isEmpty();
  }

  @Test
  void aNameThatIsTakenIsListedAgainAndAdopted() {
    // Given
    ServiceScene scene = withVault(web());
    scene.ngrok.failing("create vault_secrets", ScriptedNgrok.failure(Failure.ALREADY_EXISTS));
    run(scene, entry("1"));
    // Then
    VaultDecision unknown = decide(scene.observeUnswept(), entry("1"));
    assertThat(unknown.before()).isEmpty();
    assertThat(unknown.around(List.of(createEndpoint(scene)), false)).isEmpty();
    scene.vaultSecret("secret_1", "vault_1", NAME, scene.mark().withVersion("0"));
    assertThat(ServiceScene.text(decide(scene.observe(), entry("1")).before()))
        .containsExactly("update vault_secrets " + NAME);
  }

  @Test
  void anUnknownVaultIsAwaited() {
    // Given
    ServiceScene scene = withVault(web());
    Assessment assessment = new Assessment();
    // When
    VaultDecision decision = VaultDecision.decide(scene.observeUnswept(), entry("1"), assessment);
    // Then
    assertThat(decision.before()).isEmpty();
    assertThat(assessment.get(ConditionType.Programmed).orElseThrow().reason())
        .isEqualTo(Reason.Pending);
  }

  /** Somebody else's, another installation's, or marked as one service's. */
  @ParameterizedTest
  @CsvSource({"nobody", "other instance", "one service"})
  void aVaultThatIsNotOursIsLeftWhateverIsAskedFor(String whose) {
    // Given
    Optional<Mark> mark =
        switch (whose) {
          case "other instance" -> Optional.of(Mark.shared("j"));
          case "one service" -> Optional.of(scene(web()).mark());
          default -> Optional.empty();
        };
    ServiceScene refused = scene(web()).vault("vault_9", "clinicnet_i", mark.orElse(null));
    ServiceScene adopting =
        scene(web().annotation("clinicnet.dev/adopt", "vault_9"))
            .vault("vault_9", "clinicnet_i", mark.orElse(null));
    // Then
    ServiceDecision decision = exposed(refused, entry("1"));
    assertThat(decision.steps()).isEmpty();
    assertThat(decision.assessment().get(ConditionType.Accepted).orElseThrow())
        .matches(verdict -> verdict.reason() == Reason.VaultNotOwned)
        .matches(verdict -> !verdict.message().contains("vault_9"));
    assertThat(run(adopting, entry("1"))).isEmpty();
  }

  @Test
  void whatIsNotWantedAnyMoreGoesWhenTheEndpointHasLetGoOfIt() {
    // Given
    ServiceScene scene = withVault(web());
    String reading = POLICY.replace("\"forward\"", "\"'" + NAME + "'\"");
    scene
        .vaultSecret("secret_1", "vault_1", NAME, scene.mark().withVersion("1"))
        .endpoint("ep_1", URL, scene.mark(), reading);
    // Then
    assertThat(reading).isNotEqualTo(POLICY);
    assertThat(decide(scene.observe()).after()).isEmpty();
    assertThat(run(scene, List.of())).containsExactly("update endpoints " + URL);
    assertThat(run(scene, List.of())).containsExactly("delete vault_secrets " + NAME);
    assertThat(run(scene, List.of())).isEmpty();
    assertThat(scene.inventory.all(Resource.VAULTS)).hasSize(1);
  }

  @Test
  void whileTheEndpointsAreNotKnownNothingIsDeleted() {
    // Given
    ServiceScene scene = withVault(web());
    scene.vaultSecret("secret_1", "vault_1", NAME, scene.mark().withVersion("1"));
    ServiceObservation observation = scene.observe();
    // When
    scene.inventory.doubt(Resource.ENDPOINTS);
    // Then
    assertThat(decide(observation).after()).isEmpty();
  }

  @Test
  void otherServicesSecretsAreLeft() {
    // Given
    ServiceScene scene = withVault(web());
    Mark other = ServiceScene.of(service("other").build()).mark();
    scene
        .vaultSecret("secret_8", "vault_1", "clinics/other/x", other)
        .vaultSecret("secret_9", "vault_1", "somebody", null);
    // Then
    assertThat(decide(scene.observe()).after()).isEmpty();
    assertThat(decide(scene.observe()).status()).isEmpty();
  }

  @Test
  void oneThatWasThereAndIsGoneIsDriftAndStaysInTheStatus() {
    // Given
    VaultSecretStatus gone = new VaultSecretStatus(NAME, "secret_1");
    VaultSecretStatus unwanted = new VaultSecretStatus("clinics/web/other", "secret_2");
    VaultSecretStatus intent = new VaultSecretStatus(NAME, null);
    // When
    VaultDecision drift =
        decide(withVault(web().status(status(gone, unwanted))).observe(), entry("1"));
    VaultDecision fresh = decide(withVault(web().status(status(intent))).observe(), entry("1"));
    // Then
    assertThat(drift.before()).extracting(Step::cause).containsExactly(Cause.DRIFT);
    assertThat(drift.status()).containsExactly(gone);
    assertThat(fresh.before()).extracting(Step::cause).containsExactly(Cause.MANIFEST);
    assertThat(fresh.status()).containsExactly(intent);
  }

  @Test
  void theIntentIsWrittenDownBeforeAndTheIdIsKept() {
    // Given
    List<ClinicServiceStatus> written = new ArrayList<>();
    ServiceJournal journal = new ServiceJournal(ClinicServiceStatus.EMPTY, null, written::add);
    ServiceScene scene = withVault(web());
    Step.Create<?, ?> step =
        (Step.Create<?, ?>) decide(scene.observe(), entry("1")).before().get(0);
    // When
    journal.intend(step);
    journal.intend(step);
    journal.done(step, new VaultSecret("secret_1", null, NAME, null, null, null, null));
    // Then
    assertThat(step.resource().is(Resource.Trait.JOURNALED)).isTrue();
    assertThat(written).hasSize(1);
    assertThat(written.get(0).vaultSecrets()).containsExactly(new VaultSecretStatus(NAME, null));
    assertThat(journal.status().vaultSecrets())
        .containsExactly(new VaultSecretStatus(NAME, "secret_1"));
  }

  @Test
  void noTextOfADecisionShowsAValue() {
    // Given
    ServiceScene absent = withVault(web());
    ServiceScene stale = withVault(web());
    stale.vaultSecret("secret_1", "vault_1", NAME, stale.mark().withVersion("0"));
    // Then
    for (ServiceScene scene : List.of(absent, stale)) {
      ServiceDecision decision = exposed(scene, entry("1"));
      assertThat(decision.steps()).isNotEmpty();
      assertThat(decision + " " + entry("1")).doesNotContain(PLANTED);
      for (Step step : decision.steps()) {
        Object body =
            step instanceof Step.Create<?, ?> create
                ? create.body()
                : ((Step.Update<?, ?>) step).changes();
        assertThat(step + " " + body + " " + body.hashCode())
            .doesNotContain(PLANTED)
            .doesNotContain(Integer.toString(PLANTED.hashCode()));
      }
    }
  }

  @Test
  void theSameStepIsTheSameAttempt() {
    ServiceScene scene = withVault(web());
    List<Step> first = decide(scene.observe(), entry("1")).before();

    assertThat(decide(scene.observe(), entry("1")).before()).isEqualTo(first);
    assertThat(decide(scene.observe(), entry("2")).before()).isNotEqualTo(first);
  }

  @Test
  void aPurposeIsPlain() {
    assertThatThrownBy(() -> new VaultEntry("a/b", "1", new SecretValue(PLANTED)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(PLANTED);
  }

  private static List<VaultEntry> entry(String version) {
    return List.of(new VaultEntry("oauth-client-secret", version, new SecretValue(PLANTED)));
  }

  private static VaultDecision decide(ServiceObservation o) {
    return decide(o, List.of());
  }

  private static VaultDecision decide(ServiceObservation o, List<VaultEntry> entries) {
    return VaultDecision.decide(o, entries, new Assessment());
  }

  private static ServiceDecision exposed(ServiceScene scene, List<VaultEntry> entries) {
    ServiceObservation o = scene.observe();
    ResolvedAccess access = new ResolvedAccess(OPEN, entries, Optional.empty());
    return ServiceDecision.expose(
        o,
        new ServicePolicy(o.service().getSpec().expose(), access, Map.of(), List.of()),
        new Assessment());
  }

  /** Decides, acts, and tells what was tried. */
  private static List<String> run(ServiceScene scene, List<VaultEntry> entries) {
    List<Step> steps = exposed(scene, entries).steps();
    Clock clock = Clock.fixed(ServiceScene.NOW, ZoneOffset.UTC);
    new PlanRunner(scene.ngrok, scene.inventory, new Attempts(), clock)
        .run("test", steps, Journal.NONE);
    return ServiceScene.text(steps);
  }

  private static Step createEndpoint(ServiceScene scene) {
    return ServiceDecision.decide(scene.observe()).steps().get(0);
  }

  private static ServiceBuilder web() {
    return service("web").https("web.api.com");
  }

  private static ServiceScene scene(ServiceBuilder service) {
    return ServiceScene.of(service.build())
        .in(ServiceDecisionTest.acceptedClinic())
        .domain("*.api.com");
  }

  private static ServiceScene withVault(ServiceBuilder service) {
    return scene(service).vault("vault_1", "clinicnet_i", Mark.shared("i"));
  }

  private static ClinicServiceStatus status(VaultSecretStatus... secrets) {
    return serviceStatus().vaultSecrets(List.of(secrets)).build();
  }
}
