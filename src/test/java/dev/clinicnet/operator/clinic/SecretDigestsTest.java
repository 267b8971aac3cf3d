package dev.clinicnet.operator.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretDigestsTest {
  private final Secret secret =
      new SecretBuilder()
          .withData(
              SecretText.data(
                  Map.of(
                      SiteKitSecret.TOKEN, "the token",
                      SiteKitSecret.CONFIG, "authtoken: the token",
                      SiteKitSecret.README, "read me")))
          .build();

  @Test
  void aDigestIsEqualToItsText() {
    SecretDigests.replaceFiles(secret);

    assertThat(SecretDigests.holds(secret, SiteKitSecret.README, "read me")).isTrue();
    assertThat(SecretDigests.holds(secret, SiteKitSecret.README, "read us")).isFalse();
    assertThat(SecretDigests.holds(secret, SiteKitSecret.HELP, "read me")).isFalse();
    assertThat(SecretDigests.holds(secret, SiteKitSecret.TOKEN, "the token")).isTrue();
  }

  @Test
  void aSecretOfTheAPIServerIsComparedToo() {
    assertThat(SecretDigests.holds(secret, SiteKitSecret.README, "read me")).isTrue();
    assertThat(SecretDigests.holds(secret, SiteKitSecret.README, "read us")).isFalse();
    assertThat(SecretDigests.holds(new Secret(), SiteKitSecret.README, "")).isFalse();
    assertThat(SecretDigests.holds(null, SiteKitSecret.README, "")).isFalse();
  }

  @Test
  void aDigestIsNoText() {
    SecretDigests.replaceFiles(secret);
    SiteKitSecret kit = SiteKitSecret.of(Optional.of(secretWithoutMetadata()), "clinics/clinic1");

    assertThat(kit.data(SiteKitSecret.README)).isEmpty();
    assertThat(kit.data(SiteKitSecret.TOKEN)).contains("the token");
  }

  @Test
  void theFilesAreNotKept() {
    SecretDigests.replaceFiles(secret);
    Map<String, String> once = secret.getData();
    SecretDigests.replaceFiles(secret);

    assertThat(secret.getData()).isEqualTo(once);
    assertThat(once.get(SiteKitSecret.CONFIG)).hasSize(45);
    SecretDigests.replaceFiles(new Secret());
  }

  private Secret secretWithoutMetadata() {
    return new SecretBuilder(secret).withNewMetadata().endMetadata().build();
  }
}
