package dev.clinicnet.operator.claim;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  @Test
  void theLongestNamesGiveAUserNameOf64Bytes() {
    // Given
    var clinic = clinic("c".repeat(40)).namespace("n".repeat(63)).build();
    // When
    String user = ClinicNames.serviceUser("i".repeat(36), clinic);
    // Then
    assertThat(user.getBytes(StandardCharsets.UTF_8)).hasSize(64);
    assertThat(user).startsWith("clinicnet-nnn");
  }

  @Test
  void namesThatReadTheSameStillGiveDifferentUsers() {
    String one = ClinicNames.serviceUser("i", clinic("b-c").namespace("a").build());
    String other = ClinicNames.serviceUser("i", clinic("c").namespace("a-b").build());
    String otherInstance = ClinicNames.serviceUser("j", clinic("b-c").namespace("a").build());

    assertThat(one).startsWith("clinicnet-a-b-c-").isNotEqualTo(other).isNotEqualTo(otherInstance);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void differingClinicsHaveDifferingUsersOfAtMost64Bytes(long seed) {
    Random random = new Random(seed);
    Map<String, String> paths = new HashMap<>();
    for (int i = 0; i < 5000; i++) {
      // Given
      String namespace = "n".repeat(1 + random.nextInt(62)) + random.nextInt(3);
      String name = "c".repeat(1 + random.nextInt(38)) + random.nextInt(10);
      var clinic = clinic(name).namespace(namespace).build();
      // When
      String user = ClinicNames.serviceUser("instance", clinic);
      // Then
      String path = ClinicNames.path(clinic);
      assertThat(user.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(64);
      assertThat(paths.getOrDefault(user, path)).as("seed %s", seed).isEqualTo(path);
      paths.put(user, path);
    }
  }

  @Test
  void aClinicHasItsNamesByDefaultAndAsGiven() {
    var plain = clinic("clinic1").build();
    var given = clinic("clinic1").internalDomain("a.b.internal").secretName("kit").build();

    assertThat(ClinicNames.internalDomain(plain)).isEqualTo("clinic1.internal");
    assertThat(ClinicNames.siteKitSecret(plain)).isEqualTo("clinic1-site-kit");
    assertThat(ClinicNames.internalDomain(given)).isEqualTo("a.b.internal");
    assertThat(ClinicNames.siteKitSecret(given)).isEqualTo("kit");
  }

  @ParameterizedTest
  @CsvSource({
    "http://10.0.0.1:8080, https://db.c.internal",
    "https://10.0.0.1,     https://db.c.internal",
    "tcp://10.0.0.1:5432,  tcp://db.c.internal:5432",
    "tls://10.0.0.1:636,   tcp://db.c.internal:636",
    // Odd, and yet the schema admits them: one such service must not stop its whole Clinic.
    "http://[:::]:80,      https://db.c.internal",
    "tcp://db_server:5432, tcp://db.c.internal:5432",
    "tcp://999.1.1.1:80,   tcp://db.c.internal:80",
  })
  void aServiceIsBoundUnderItsNameByDefault(String upstream, String internalURL) {
    assertThat(ServiceNames.internalURL(service("db").upstream(upstream).build(), "c.internal"))
        .isEqualTo(internalURL);
  }

  @Test
  void theGivenInternalURLAndTheHTTPSHostAreTaken() {
    var service = service("db").internalURL("http://x.c.internal").https("a.b.com").build();

    assertThat(ServiceNames.internalURL(service, "c.internal")).isEqualTo("http://x.c.internal");
    assertThat(ServiceNames.publicHost(service)).contains("a.b.com");
    assertThat(ServiceNames.publicHost(service("db").tcp().build())).isEmpty();
    assertThat(ServiceNames.publicHost(service("db").build())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.clinic1.internal:443, https://api.clinic1.internal",
    "https://api.clinic1.internal:8443, https://api.clinic1.internal:8443",
    "http://api.clinic1.internal:80, http://api.clinic1.internal",
    "tls://api.clinic1.internal:443, tls://api.clinic1.internal",
    "tcp://api.clinic1.internal:443, tcp://api.clinic1.internal:443"
  })
  void anInternalURLIsAsNgrokListsIt(String given, String listed) {
    var service = ServiceBuilder.service("api").internalURL(given).build();

    assertThat(ServiceNames.internalURL(service, "clinic1.internal")).isEqualTo(listed);
  }
}
