package dev.clinicnet.operator.service;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.agent.LockKeys;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.InternalLockStatus;
import dev.clinicnet.operator.api.v1alpha1.SiteKitStatus;
import dev.clinicnet.operator.claim.ServiceBuilder;
import dev.clinicnet.operator.claim.ServiceStatusBuilder;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.endpoint.PublicEndpoint;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Attempts;
import dev.clinicnet.operator.plan.Journal;
import dev.clinicnet.operator.plan.PlanRunner;
import dev.clinicnet.operator.plan.Step;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which secret a public endpoint sends, and what is said of the lock. */
class InternalLockDecisionTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final LockKeys KEYS = LockKeys.generate(RANDOM);
  private static final String API = "clinics/api";
  private static final String URL = "https://api.clinic1.internal";
  private static final String PRESENT = LockKeys.hash(KEYS.present(API));
  private static final String NEXT = LockKeys.hash(KEYS.following(API));
  private static final String OTHER = "f".repeat(64);
  private static final Instant OFF = ServiceScene.NOW.minusSeconds(30);
  private static final Mark SHARED = Mark.shared("i");

  @Test
  void aServiceWithoutALockSendsNothing() {
    InternalLockDecision lock = decide(scene(api().build()).keys(KEYS, null));

    assertThat(lock.entry()).isEmpty();
    assertThat(lock.reference()).isNull();
    assertThat(lock.verdict(null)).isEmpty();
    assertThat(lock.status(true)).isNull();
    assertThat(lock.requeueAt()).isEmpty();
  }

  @Test
  void withoutKeysNothingIsSentAndThePassIsRepeatedOnlyIfTheClinicSaysThatThereAreKeys() {
    assertThat(decide(scene(api().locked().build())).entry()).isEmpty();
    assertThat(decide(scene(api().locked().build())).requeueAt()).isEmpty();

    ServiceScene late = scene(api().locked().build()).in(withKit("another"));
    assertThat(decide(late).requeueAt()).contains(ServiceScene.NOW.plus(Duration.ofSeconds(5)));
  }

  @Test
  void theFirstSecretIsThePresentOne() {
    InternalLockDecision lock = decide(scene(api().locked().build()).keys(KEYS, null));

    assertThat(lock.entry()).contains(new VaultEntry("internal-lock", PRESENT, KEYS.present(API)));
    assertThat(lock.reference())
        .isEqualTo("${secrets.get('clinicnet_i', 'clinics/api/internal_lock')}");
    assertThat(lock.status(true).sends()).isEqualTo(PRESENT);
    assertThat(lock.status(false)).isNull();
  }

  @Test
  void aRotationWaitsUntilEveryAgentDemandsTheNextSecret() {
    assertThat(sent(rotating(), PRESENT).version()).isEqualTo(PRESENT);
    assertThat(sent(rotating().bound(URL), PRESENT).version()).isEqualTo(PRESENT);
    assertThat(sent(rotating().boundWithLock(URL, PRESENT, OTHER), PRESENT).version())
        .isEqualTo(PRESENT);
    assertThat(sent(rotating().boundWithLock(URL, PRESENT, NEXT), PRESENT).version())
        .isEqualTo(NEXT);
  }

  @Test
  void aRotationThatIsDoneIsNotDoneAgain() {
    ServiceScene done = rotating().keys(KEYS, "once").boundWithLock(URL, PRESENT, NEXT);

    assertThat(sent(done, PRESENT).version()).isEqualTo(PRESENT);
  }

  @Test
  void theNextSecretStaysUntilTheClinicHasItAsThePresentOne() {
    assertThat(sent(rotating(), NEXT).version()).isEqualTo(NEXT);
    assertThat(sent(scene(sending(NEXT)).keys(KEYS, null), NEXT).version()).isEqualTo(NEXT);
  }

  /** Somebody has deleted the Secret, so that there are new keys. */
  @Test
  void anUnknownSecretStaysUntilEveryAgentAdmitsThePresentOne() {
    VaultEntry kept = VaultEntry.kept("internal-lock", OTHER);

    assertThat(sent(known(OTHER), OTHER)).isEqualTo(kept);
    assertThat(sent(known(OTHER).boundWithLock(URL, OTHER), OTHER)).isEqualTo(kept);
    assertThat(sent(known(OTHER).boundWithLock(URL, OTHER, PRESENT), OTHER).version())
        .isEqualTo(PRESENT);
    assertThat(sent(known(OTHER).bound(URL), OTHER))
        .as("an agent that is not listed yet may have an older kit")
        .isEqualTo(kept);
    assertThat(sent(scene(sending(OTHER)), OTHER)).isEqualTo(kept);
  }

  @Test
  void aKeptSecretIsReadAndNeitherWrittenNorDeleted() {
    ServiceScene scene = withVault(known(OTHER).boundWithLock(URL, OTHER), OTHER);

    assertThat(decide(scene).reference()).contains("internal_lock");
    assertThat(scene.decide().steps()).noneMatch(step -> step.toString().contains("vault"));
  }

  @Test
  void aDisabledLockIsSentUntilNoAgentDemandsIt() {
    assertThat(entry(disabled(OFF))).isPresent();
    assertThat(entry(disabled(OFF).boundWithLock(URL, PRESENT))).isPresent();
    assertThat(entry(disabled(OFF).bound(URL))).isEmpty();

    ServiceStatusBuilder neverBound = status(PRESENT).offSince(OFF.toString());
    assertThat(entry(withVault(scene(api().status(neverBound.build()).build()), PRESENT)))
        .isEmpty();
  }

  /** A technician may have started an agent after the list, and before the lock was off. */
  @Test
  void aDisabledLockIsSentUntilTheEndpointsAreListedAnew() {
    assertThat(entry(disabled(OFF).bound(URL).endpointsBegun(OFF.plusMillis(1)))).isEmpty();
    for (Instant begun : Arrays.asList(OFF, OFF.minusMillis(1), null)) {
      InternalLockDecision lock = decide(disabled(OFF).bound(URL).endpointsBegun(begun));

      assertThat(lock.entry()).isPresent();
      assertThat(lock.status(true)).isEqualTo(new InternalLockStatus(PRESENT, OFF.toString()));
      assertThat(lock.requeueAt()).contains(ServiceScene.NOW.plus(Duration.ofMinutes(1)));
    }
    ServiceStatusBuilder neverBound = status(PRESENT).offSince(OFF.toString());
    assertThat(
            entry(
                withVault(scene(api().status(neverBound.build()).build()), PRESENT)
                    .keys(KEYS, null)
                    .endpointsBegun(OFF)))
        .isPresent();
  }

  @Test
  void aLockIsOffWhenThePublishedSiteKitHasLostIt() {
    String now = ServiceScene.NOW.toString();
    assertThat(decide(disabled(null).bound(URL)).status(true).offSince()).isEqualTo(now);
    assertThat(decide(disabled(null).bound(URL)).status(false).offSince()).isEqualTo(now);
    for (String admitted : List.of(PRESENT, NEXT)) {
      InternalLockDecision published = decide(disabled(OFF).kitAdmits(OTHER, admitted).bound(URL));
      assertThat(published.entry()).isPresent();
      assertThat(published.status(true)).isEqualTo(new InternalLockStatus(PRESENT));
      assertThat(published.requeueAt()).isPresent();
    }
    assertThat(decide(disabled(null).kitUnknown()).status(true).offSince()).isNull();
    assertThat(entry(disabled(OFF).kitAdmits(OTHER).bound(URL))).isEmpty();
  }

  /** The site kit has the lock again only when the status says so. */
  @Test
  void aLockThatIsOnAgainIsNotOffWhenItsSecretIsSent() {
    ClinicService on =
        api().locked().status(status(PRESENT).offSince(OFF.toString()).build()).build();
    InternalLockDecision lock = decide(withVault(scene(on).keys(KEYS, null), PRESENT));

    assertThat(lock.entry()).isPresent();
    assertThat(lock.status(false)).isEqualTo(new InternalLockStatus(PRESENT, OFF.toString()));
    assertThat(lock.status(true)).isEqualTo(new InternalLockStatus(PRESENT));
  }

  /** Its endpoint has no secret any more, and that of the vault is about to be deleted. */
  @Test
  void aReleaseIsNotTakenBack() {
    assertThat(entry(withVault(scene(api().build()).keys(KEYS, null), PRESENT))).isEmpty();
  }

  @Test
  void theEndpointsAreListedOnceForALockThatIsOff() {
    InternalLockStatus on = new InternalLockStatus(PRESENT);
    InternalLockStatus off = new InternalLockStatus(PRESENT, OFF.toString());

    assertThat(InternalLockDecision.awaitsList(off, on)).isTrue();
    assertThat(InternalLockDecision.awaitsList(off, null)).isTrue();
    assertThat(InternalLockDecision.awaitsList(off, off)).isFalse();
    assertThat(InternalLockDecision.awaitsList(on, off)).isFalse();
    assertThat(InternalLockDecision.awaitsList(null, off)).isFalse();
  }

  /** A technician may install an older site kit, or have installed it after the last list. */
  @Test
  void aDisabledLockIsSentAgainWhenAnAgentDemandsIt() {
    ServiceScene off = scene(api().build()).keys(KEYS, null);

    assertThat(entry(off.bound(URL))).isEmpty();
    assertThat(entry(off.boundWithLock(URL, PRESENT, NEXT)))
        .map(VaultEntry::version)
        .contains(PRESENT);
    assertThat(entry(off.boundWithLock(URL, OTHER))).as("nothing opens it").isEmpty();
  }

  /** The lock is off, since a time in the status or since now. */
  private static ServiceScene disabled(Instant since) {
    ServiceStatusBuilder last =
        status(PRESENT)
            .internalBoundAt("2026-01-01T00:00:00Z")
            .offSince(since == null ? null : since.toString());
    return withVault(scene(api().status(last.build()).build()).keys(KEYS, null), PRESENT);
  }

  @Test
  void whatIsSaid() {
    assertThat(said(scene(sending(PRESENT)))).isEqualTo(Reason.NoAgent);
    assertThat(said(scene(api().locked().build()).bound(URL))).isEqualTo(Reason.LockPending);
    assertThat(said(scene(sending(PRESENT)).bound(URL))).isEqualTo(Reason.LockNotInstalled);
    assertThat(said(scene(sending(PRESENT)).boundWithLock(URL, PRESENT)))
        .isEqualTo(Reason.LockInForce);
  }

  @Test
  void anAgentThatRefusesWhatIsSentIsSaid() {
    ServiceScene refusing = known(PRESENT).boundWithLock(URL, OTHER);
    assertThat(said(withVault(refusing, PRESENT))).isEqualTo(Reason.LockRefusesRequests);
    assertThat(said(scene(api().locked().build()).boundWithLock(URL, PRESENT)))
        .isEqualTo(Reason.LockRefusesRequests);
  }

  /** It was off during two rotations, or the keys are new. */
  @Test
  void anAgentThatRefusesClientsBecauseOfALockThatIsOffIsSaid() {
    assertThat(said(disabled(OFF).boundWithLock(URL, OTHER))).isEqualTo(Reason.LockRefusesRequests);
    assertThat(said(scene(api().build()).keys(KEYS, null).boundWithLock(URL, OTHER)))
        .isEqualTo(Reason.LockRefusesRequests);

    InternalLockDecision admitted = decide(disabled(OFF).boundWithLock(URL, PRESENT, NEXT));
    assertThat(admitted.verdict(new InternalLockStatus(PRESENT))).isEmpty();
    InternalLockDecision installed = decide(disabled(OFF).bound(URL));
    assertThat(installed.verdict(new InternalLockStatus(PRESENT))).isEmpty();
  }

  /** One machine of a redundant pair was off during a rotation. */
  @Test
  void aSecretThatEveryAgentAdmitsTakesThePlaceOfOneThatAnAgentRefuses() {
    assertThat(sent(known(PRESENT).boundWithLock(URL, OTHER, NEXT), PRESENT).version())
        .isEqualTo(NEXT);
    assertThat(sent(known(NEXT).boundWithLock(URL, OTHER, PRESENT), NEXT).version())
        .isEqualTo(PRESENT);
    assertThat(sent(known(PRESENT).boundWithLock(URL, OTHER), PRESENT).version())
        .isEqualTo(PRESENT);
    assertThat(sent(known(NEXT).boundWithLock(URL, OTHER), NEXT).version()).isEqualTo(NEXT);
  }

  @Test
  void aRotationThatWaitsForTheSiteIsSaid() {
    ServiceScene old = rotating().boundWithLock(URL, PRESENT, OTHER);
    assertThat(said(withVault(old, PRESENT))).isEqualTo(Reason.LockRotationWaits);

    // The keys are replaced, and an agent still admits the secret that they replaced.
    ServiceScene replaced =
        known(PRESENT).boundWithLock(URL, PRESENT, NEXT).boundWithLock(URL, OTHER, PRESENT);
    assertThat(said(withVault(replaced, PRESENT))).isEqualTo(Reason.LockRotationWaits);

    ServiceScene installed = known(PRESENT).boundWithLock(URL, PRESENT, NEXT);
    assertThat(said(withVault(installed, PRESENT))).isEqualTo(Reason.LockInForce);
  }

  @Test
  void aRotationThatWaitsForAnotherServiceNamesIt() {
    ClinicService other =
        service("other").https("other.api.com").locked().status(status(OTHER).build()).build();
    ServiceScene scene = rotating().sibling(other).boundWithLock(URL, PRESENT, NEXT);
    InternalLockDecision lock = decide(withVault(scene, NEXT));

    Verdict verdict = lock.verdict(new InternalLockStatus(NEXT)).orElseThrow();
    assertThat(verdict.reason()).isEqualTo(Reason.LockInForce);
    assertThat(verdict.message()).endsWith("waits for other services of the Clinic: other.");
  }

  /** Whoever may write at ngrok cannot have a secret of theirs admitted by the site. */
  @Test
  void aVersionThatSomebodyWroteIntoTheMarkDoesNotCount() {
    assertThat(sent(known(PRESENT).boundWithLock(URL, PRESENT, NEXT), OTHER).version())
        .isEqualTo(PRESENT);
    ServiceScene fresh = scene(api().locked().build()).keys(KEYS, null);
    assertThat(sent(fresh, OTHER).version()).isEqualTo(PRESENT);
    // The cluster was lost, and the site still has the kit of before.
    ServiceScene lost = scene(api().locked().build()).keys(KEYS, null).boundWithLock(URL, OTHER);
    assertThat(sent(lost, OTHER)).isEqualTo(VaultEntry.kept("internal-lock", OTHER));
  }

  @Test
  void nothingSaysTheSecret() {
    ServiceDecision decision =
        withVault(known(PRESENT).boundWithLock(URL, PRESENT, NEXT), PRESENT).decide();

    assertThat(decision.toString())
        .contains(PRESENT)
        .doesNotContain(KEYS.present(API).reveal())
        .doesNotContain(KEYS.following(API).reveal());
  }

  @Test
  void aChangeOfAnOpenServiceDoesNotWaitForTheSecretOfTheLock() {
    ServiceScene open = withoutSecret(scene(api().locked().build()).bound(URL));

    ServiceDecision decision = open.decide();
    assertThat(ServiceScene.text(decision.steps()))
        .containsExactly(
            "create vault_secrets clinics/api/internal_lock", "update endpoints https://api.com");
    assertThat(policySent(decision)).doesNotContain("internal_lock").contains(URL);
  }

  @Test
  void withoutTheSecretNothingIsSaidToBeSent() {
    ServiceScene scene = withoutSecret(scene(sending(PRESENT)).bound(URL));
    run(scene, scene.decide().steps().subList(1, 2));

    ServiceDecision decision = scene.decide();
    assertThat(ServiceScene.text(decision.steps()))
        .containsExactly("create vault_secrets clinics/api/internal_lock");
    assertThat(decision.status().internalLock()).isNull();
    assertThat(decision.assessment().get(ConditionType.InternalLocked).orElseThrow().reason())
        .isEqualTo(Reason.LockPending);
  }

  @Test
  void aSecretThatAnAgentDemandsStaysInThePolicyAndTheRestIsSent() {
    ServiceScene scene = withoutSecret(known(PRESENT).boundWithLock(URL, PRESENT, NEXT));

    ServiceDecision decision = scene.decide();
    assertThat(policySent(decision)).contains("internal_lock");
    assertThat(decision.assessment().get(ConditionType.InternalLocked).orElseThrow().reason())
        .isEqualTo(Reason.LockRefusesRequests);
  }

  @Test
  void aNewEndpointWaitsForItsSecret() {
    ServiceScene scene =
        scene(api().locked().build()).keys(KEYS, null).vault("vault_1", "clinicnet_i", SHARED);

    assertThat(scene.steps()).containsExactly("create vault_secrets clinics/api/internal_lock");
  }

  @Test
  void aDeletedSecretIsOnlyCreatedAgain() {
    ServiceScene scene = withVault(known(PRESENT).bound(URL), PRESENT);
    run(scene, scene.decide().steps());
    assertThat(scene.steps()).isEmpty();
    scene.ngrok.delete(Resource.VAULT_SECRETS, "secret_1", Lane.CHANGE);

    assertThat(scene.steps()).containsExactly("create vault_secrets clinics/api/internal_lock");
  }

  @Test
  void aLockThatWaitsSaysWhatThePlatformRefuses() {
    Assessment assessment =
        new Assessment()
            .put(ConditionType.Programmed, Verdict.no(Reason.AccountLimitReached, "No room."))
            .put(ConditionType.InternalLocked, Verdict.no(Reason.LockPending, "It waits."));

    InternalLockDecision.explain(assessment);

    assertThat(assessment.get(ConditionType.InternalLocked).orElseThrow().message())
        .isEqualTo("It waits. No room.");
  }

  /** The vault is there, the secret is not, and the endpoint has an older policy. */
  private static ServiceScene withoutSecret(ServiceScene scene) {
    return scene
        .keys(KEYS, null)
        .vault("vault_1", "clinicnet_i", SHARED)
        .endpoint("ep_1", "https://api.com", scene.mark(), "{}");
  }

  private static void run(ServiceScene scene, List<Step> steps) {
    Clock clock = Clock.fixed(ServiceScene.NOW, ZoneOffset.UTC);
    new PlanRunner(scene.ngrok, scene.inventory, new Attempts(), clock)
        .run("test", steps, Journal.NONE);
  }

  private static String policySent(ServiceDecision decision) {
    return decision.steps().stream()
        .map(PublicEndpoint::policySent)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow();
  }

  private static ServiceBuilder api() {
    return service("api").https("api.com");
  }

  private static ClinicService sending(String hash) {
    return api().locked().status(status(hash).build()).build();
  }

  private static ServiceStatusBuilder status(String hash) {
    return serviceStatus().internalURL(URL).sends(hash);
  }

  private static ServiceScene known(String sent) {
    return scene(sending(sent)).keys(KEYS, null);
  }

  private static ServiceScene rotating() {
    return scene(sending(PRESENT))
        .keys(KEYS, null)
        .in(
            clinic("clinic1")
                .annotation("clinicnet.dev/rotate-internal-lock", "once")
                .status(ServiceScene.accepted(true))
                .build());
  }

  private static ServiceScene scene(ClinicService service) {
    return ServiceScene.of(service).in(withKit(null)).domain("api.com");
  }

  private static Clinic withKit(String lockID) {
    return clinic("clinic1")
        .shared("api.com")
        .status(
            clinicStatus()
                .conditions(ServiceScene.accepted(true).conditions())
                .siteKit(new SiteKitStatus("kit", "hash", null, lockID))
                .build())
        .build();
  }

  private static ServiceScene withVault(ServiceScene scene, String version) {
    return scene
        .vault("vault_1", "clinicnet_i", SHARED)
        .vaultSecret(
            "secret_1", "vault_1", "clinics/api/internal_lock", scene.mark().withVersion(version));
  }

  private static VaultEntry sent(ServiceScene scene, String version) {
    return entry(withVault(scene, version)).orElseThrow();
  }

  private static Optional<VaultEntry> entry(ServiceScene scene) {
    return decide(scene).entry();
  }

  private static Reason said(ServiceScene scene) {
    InternalLockDecision lock = decide(scene);
    return lock.verdict(lock.status(false)).map(Verdict::reason).orElseThrow();
  }

  private static InternalLockDecision decide(ServiceScene scene) {
    ServiceObservation o = scene.observe();
    return InternalLockDecision.of(o, InternalEndpoint.of(o));
  }
}
