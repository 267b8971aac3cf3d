package dev.clinicnet.operator.clinic;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.agent.LockKeys;
import dev.clinicnet.operator.agent.LockSecret;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.claim.ServiceBuilder;
import dev.clinicnet.operator.ngrok.Token;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a site kit demands, and when its keys change. */
class SiteLockTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final LockKeys KEYS = LockKeys.generate(RANDOM);
  private static final String API = "clinics/api";
  private static final String PRESENT = LockKeys.hash(KEYS.present(API));
  private static final String NEXT = LockKeys.hash(KEYS.following(API));
  private static final String OTHER = "f".repeat(64);

  @Test
  void aClinicWithoutLocksHasNoKeysAndTheSameKitAsBefore() {
    ClinicScene scene = scene(api().build(), null, null);

    assertThat(lock(scene).isDue()).isFalse();
    assertThat(scene.decide().status().siteKit().lockID()).isNull();
    assertThat(file(scene)).doesNotContain("traffic_policy").doesNotContain("internalLock");
  }

  @Test
  void theKitDemandsASecretOnlyWhenThePublicEndpointSendsOne() {
    assertThat(file(scene(api().locked().build(), KEYS, null))).doesNotContain("traffic_policy");

    String file = file(scene(sending(PRESENT), KEYS, null));
    assertThat(file)
        .contains("traffic_policy:", PRESENT, NEXT, "status_code: 403", "remove-headers")
        .doesNotContain(KEYS.present(API).reveal())
        .doesNotContain(KEYS.following(API).reveal());
  }

  @Test
  void theKitIsTheSameBeforeAndAfterThePublicEndpointSendsTheNextSecret() {
    assertThat(file(scene(sending(NEXT), KEYS, null)))
        .isEqualTo(file(scene(sending(PRESENT), KEYS, null)));
  }

  @Test
  void theKitAdmitsWhatIsSentAlsoWithNewKeys() {
    assertThat(file(scene(sending(OTHER), KEYS, null))).contains(OTHER, PRESENT, NEXT);
    assertThat(file(scene(sending(OTHER), null, null))).contains(OTHER);
  }

  @Test
  void keysAreMadeWhenALockNeedsThem() {
    assertThat(lock(scene(api().locked().build(), null, null)).isDue()).isTrue();
    assertThat(lock(scene(api().locked().build(), KEYS, null)).isDue()).isFalse();
    assertThat(lock(scene(api().locked().terminating().build(), null, null)).isDue()).isFalse();
    assertThat(scene(api().locked().build(), KEYS, null).decide().status().siteKit().lockID())
        .isEqualTo(KEYS.id());
  }

  @Test
  void theKeysRotateWhenEveryPublicEndpointSendsTheNextSecret() {
    assertThat(lock(rotating(sending(PRESENT), null)).isDue()).isFalse();
    assertThat(lock(rotating(sending(NEXT), null)).isDue()).isTrue();
    assertThat(lock(rotating(sending(NEXT), "once")).isDue()).isFalse();
    assertThat(lock(rotating(sending(NEXT), null).service(web())).isDue()).isFalse();
    assertThat(lock(rotating(sending(NEXT), null)).renewed(RANDOM).present(API))
        .isEqualTo(KEYS.following(API));
  }

  @Test
  void aDamagedTextCountsAsNoKeys() {
    ClinicScene scene = scene(api().locked().build(), null, null);
    assertThat(SiteKitSecret.of(Optional.empty(), API).lockKeys()).isEmpty();
    assertThat(lock(scene).keys()).isEmpty();
  }

  private static ServiceBuilder api() {
    return service("api").https("api.com");
  }

  private static ClinicService web() {
    return service("web").https("web.com").locked().build();
  }

  private static ClinicService sending(String hash) {
    return api().locked().status(serviceStatus().sends(hash).build()).build();
  }

  private static ClinicScene rotating(ClinicService service, String rotated) {
    Clinic clinic =
        clinic("clinic1").annotation("clinicnet.dev/rotate-internal-lock", "once").build();
    return scene(clinic, service, KEYS, rotated);
  }

  private static ClinicScene scene(ClinicService service, LockKeys keys, String rotated) {
    return scene(clinic("clinic1").build(), service, keys, rotated);
  }

  private static ClinicScene scene(
      Clinic clinic, ClinicService service, LockKeys keys, String rotated) {
    ClinicScene scene = ClinicScene.of(clinic).service(service).user();
    scene.credential("cr_1", scene.mark().withNonce("n")).secret("cr_1", null);
    SecretBuilder builder = new SecretBuilder(scene.observeUnswept().secret().present());
    Stream.ofNullable(keys)
        .forEach(its -> builder.addToData(SecretText.data(Map.of(LockSecret.KEYS, its.reveal()))));
    if (rotated != null) {
      builder.editMetadata().addToAnnotations(LockSecret.ROTATED, rotated).endMetadata();
    }
    return scene.secret(builder.build());
  }

  private static SiteLock lock(ClinicScene scene) {
    return SiteLock.of(scene.observe());
  }

  private static String file(ClinicScene scene) {
    return SiteKitContent.of(scene.observe())
        .orElseThrow()
        .files(new Token("token"))
        .get(SiteKitSecret.CONFIG);
  }
}
