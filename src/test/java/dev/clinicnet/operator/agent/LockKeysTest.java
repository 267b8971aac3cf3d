package dev.clinicnet.operator.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LockKeysTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String API = "clinics/api";
  private static final String HASH = "0123456789abcdef".repeat(4);

  private final LockKeys keys = LockKeys.generate(RANDOM);

  @Test
  void everyServiceAndEachOfTheTwoKeysHasItsOwnSecret() {
    assertThat(
            List.of(
                keys.present(API),
                keys.following(API),
                keys.present("clinics/web"),
                keys.present("others/api")))
        .doesNotHaveDuplicates()
        .allMatch(secret -> secret.reveal().matches("[A-Za-z0-9_-]{43}"));
    assertThat(LockKeys.hash(keys.present(API))).matches("[0-9a-f]{64}");
  }

  @Test
  void theStoredTextGivesTheSameSecretsAndAnyOtherTextNone() {
    LockKeys read = LockKeys.parse(keys.reveal()).orElseThrow();

    assertThat(read).isEqualTo(keys).hasSameHashCodeAs(keys);
    assertThat(read.present(API)).isEqualTo(keys.present(API));
    assertThat(read.id()).isEqualTo(keys.id()).matches("[0-9a-f]{12}");
    assertThat(LockKeys.parse("short\nshort\n")).isEmpty();
    assertThat(LockKeys.parse(keys.reveal() + "x")).isEmpty();
  }

  @Test
  void aRotationMakesTheNextKeyThePresentOne() {
    LockKeys later = keys.advanced(RANDOM);

    assertThat(later.present(API)).isEqualTo(keys.following(API));
    assertThat(later.following(API)).isNotEqualTo(keys.present(API));
    assertThat(later.id()).isNotEqualTo(keys.id());
    assertThat(later).isNotEqualTo(keys);
  }

  @Test
  void theyArePrintedAsStars() {
    assertThat(keys).hasToString("***");
    assertThat(keys.present(API)).hasToString("***");
    assertThat(keys.id()).isNotIn(keys.reveal());
  }

  @Test
  void onlyASecretOfTheClinicHasThem() {
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .addToAnnotations("clinicnet.dev/clinic", "clinics/clinic1")
            .addToAnnotations(LockSecret.ROTATED, "once")
            .endMetadata()
            .addToData(
                LockSecret.KEYS,
                Base64.getEncoder().encodeToString(keys.reveal().getBytes(StandardCharsets.UTF_8)))
            .addToData("ngrok.yml", base64("metadata: '{\"internalLock\":[\"" + HASH + "\"]}'"))
            .build();

    assertThat(LockSecret.of(Optional.of(secret), "clinics/clinic1"))
        .isEqualTo(
            new LockSecret(Optional.of(keys), Optional.of("once"), Optional.of(Set.of(HASH))));
    assertThat(LockSecret.ofCached(Optional.of(secret), "clinics/clinic1"))
        .isEqualTo(new LockSecret(Optional.of(keys), Optional.of("once"), Optional.empty()));
    assertThat(LockSecret.of(Optional.of(secret), "clinics/clinic2"))
        .as("a site may have fetched the kit of before")
        .isEqualTo(new LockSecret(Optional.empty(), Optional.empty(), Optional.empty()));
    assertThat(LockSecret.of(Optional.empty(), "clinics/clinic1")).isEqualTo(LockSecret.NONE);
  }

  @Test
  void onlyAKnownKitCertainlyAdmitsNothing() {
    LockSecret kit = new LockSecret(Optional.empty(), Optional.empty(), Optional.of(Set.of(HASH)));

    assertThat(LockSecret.NONE.admitsNone(List.of(HASH))).isTrue();
    assertThat(kit.admitsNone(List.of("0", HASH))).isFalse();
    assertThat(kit.admitsNone(List.of("0"))).isTrue();
    assertThat(LockSecret.ofCached(Optional.empty(), "clinics/clinic1").admitsNone(List.of(HASH)))
        .isFalse();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anEndpointsMetadataSayWhatOpensIt() {
    assertThat(LockNote.admitted(LockNote.metadata(List.of("a", "b")))).containsExactly("a", "b");
    assertThat(LockNote.admitted(null)).isEmpty();
    assertThat(LockNote.admitted("not JSON {")).isEmpty();
    assertThat(LockNote.admitted("{\"clinic\":\"a/b\"}")).isEmpty();
  }
}
