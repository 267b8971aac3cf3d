package dev.clinicnet.operator.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.inventory.Owner;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VaultNamesTest {
  private static final String PERMITTED = "[a-zA-Z0-9_/.]+";

  @ParameterizedTest
  @CsvSource({
    "i,                                    clinicnet_i",
    "2f6c1c1e-0d0b-4f65-9f0a-8f4d0ac1b2c3, clinicnet_2f6c1c1e_0d0b_4f65_9f0a_8f4d0ac1b2c3",
    "eu-1.prod_a,                          clinicnet_eu_1.prod/a",
  })
  void aVaultIsNamedAfterItsInstance(String instance, String expected) {
    assertThat(VaultNames.vault(instance)).isEqualTo(expected).matches(PERMITTED);
  }

  @Test
  void aSecretIsNamedAfterNamespaceServiceAndPurpose() {
    assertThat(VaultNames.secret(owner("north-clinics", "rest-api"), "oauth-client-secret"))
        .isEqualTo("north_clinics/rest_api/oauth_client_secret");
  }

  @Test
  void differentThingsNeverShareAName() {
    Random random = new Random(11);
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      String namespace = random(random, "ab-");
      String service = random(random, "ab-.");
      String purpose = random(random, "ab-0");
      String name = VaultNames.secret(owner(namespace, service), purpose);
      assertThat(name).matches(PERMITTED);
      String who = namespace + " " + service + " " + purpose;
      assertThat(named.putIfAbsent(name, who)).isIn(null, who);
      String instance = random(random, "aB-_.");
      String vault = VaultNames.vault(instance);
      assertThat(vault).matches(PERMITTED);
      assertThat(named.putIfAbsent("vault " + vault, instance)).isIn(null, instance);
    }
  }

  @Test
  void aReferenceIsWhatThePlatformInterpolates() {
    assertThat(VaultNames.reference("clinicnet_i", "clinics/web/oauth_client_secret"))
        .isEqualTo("${secrets.get('clinicnet_i', 'clinics/web/oauth_client_secret')}");
  }

  private static Owner owner(String namespace, String name) {
    return new Owner("ClinicService", namespace, name);
  }

  private static String random(Random random, String letters) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }
}
