package dev.clinicnet.operator.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.agent.AgentPassword;
import dev.clinicnet.operator.certificate.CertificateBundle;
import dev.clinicnet.operator.certificate.ClientIdentities;
import dev.clinicnet.operator.certificate.ClientIdentity;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From one certificate to the next, while the endpoint always admits the present one. */
class AgentAPIKeysTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final AgentPassword PASSWORD = new AgentPassword("p".repeat(43));
  private final ClientIdentities identities = new ClientIdentities(new SecureRandom());
  private final AgentAPIKeys first = AgentAPIKeys.first(issued(NOW), PASSWORD);

  @Test
  void nothingIsDueForTwoThirdsOfTheTime() {
    assertThat(first.at(NOW, true, AgentAPIKeysTest::none)).isSameAs(first);
    assertThat(first.at(day(59), true, AgentAPIKeysTest::none)).isSameAs(first);
    assertThat(first.due().orElseThrow()).isBetween(day(59), day(60));
  }

  @Test
  void theNextIsMadeWithAThirdLeftAndUsedOnceItsAuthorityIsAdmitted() {
    AgentAPIKeys renewing = first.at(day(60), true, () -> issued(day(60)));

    assertThat(renewing.client()).isEqualTo(first.client());
    assertThat(renewing.authorities().pem())
        .isEqualTo(renewing.next().orElseThrow().authority().pem() + first.authorities().pem());
    assertThat(renewing.at(day(61), false, AgentAPIKeysTest::none)).isSameAs(renewing);

    AgentAPIKeys renewed = renewing.at(day(61), true, AgentAPIKeysTest::none);

    assertThat(renewed.client()).isEqualTo(renewing.next().orElseThrow());
    assertThat(renewed.next()).isEmpty();
    assertThat(renewed.authorities()).isEqualTo(renewing.authorities());
    assertThat(renewed.password()).isEqualTo(PASSWORD);
    // The old authority goes when it has expired.
    assertThat(renewed.due()).contains(first.client().expiry());
    assertThat(renewed.at(day(89), true, AgentAPIKeysTest::none)).isSameAs(renewed);
    AgentAPIKeys last = renewed.at(day(90), true, AgentAPIKeysTest::none);
    assertThat(last.authorities()).isEqualTo(renewed.client().authority());
    assertThat(last.due().orElseThrow()).isBetween(day(119), day(120));
  }

  @Test
  void whatHasExpiredIsReplacedAtOnceAndThePasswordStays() {
    AgentAPIKeys replaced = first.at(day(90), false, () -> issued(day(90)));

    assertThat(replaced.client()).isNotEqualTo(first.client());
    assertThat(replaced.authorities()).isEqualTo(replaced.client().authority());
    assertThat(replaced.next()).isEmpty();
    assertThat(replaced.password()).isEqualTo(PASSWORD);
  }

  @Test
  void readsBackWhatIsKeptAtEveryStage() {
    AgentAPIKeys renewing = first.at(day(60), true, () -> issued(day(60)));
    AgentAPIKeys renewed = renewing.at(day(60), true, AgentAPIKeysTest::none);

    assertThat(read(first.texts())).contains(first);
    assertThat(read(renewing.texts())).contains(renewing);
    assertThat(read(renewed.texts())).contains(renewed);
    assertThat(first.texts()).containsOnlyKeys("ca.crt", "client.crt", "client.key", "password");
    assertThat(renewing.texts()).containsKeys("next.crt", "next.key");
    assertThat(renewing.toString()).doesNotContain("PRIVATE", "ppp");
  }

  @ParameterizedTest
  @CsvSource({
    "ca.crt,",
    "ca.crt, nonsense",
    "client.crt,",
    "client.key,",
    "client.key, nonsense",
    "password,",
    "password, letmein"
  })
  void whatIsDamagedIsAsGoodAsLost(String key, String text) {
    Map<String, String> texts = new HashMap<>(first.texts());
    texts.put(key, text);

    assertThat(read(texts)).isEmpty();
  }

  @Test
  void aCertificateThatNoneOfTheAuthoritiesSignedIsAsGoodAsLost() {
    Map<String, String> texts = new HashMap<>(first.texts());
    CertificateBundle other = issued(NOW).authority();
    texts.put("ca.crt", other.pem());

    assertThat(read(texts)).isEmpty();
  }

  private ClientIdentity issued(Instant when) {
    return identities.issue("clinic-operator", when, AgentAPIKeys.VALIDITY);
  }

  private static Instant day(int day) {
    return NOW.plus(Duration.ofDays(day));
  }

  private static Optional<AgentAPIKeys> read(Map<String, String> texts) {
    return AgentAPIKeys.read(key -> Optional.ofNullable(texts.get(key)));
  }

  private static ClientIdentity none() {
    throw new AssertionError("nothing is to be made");
  }
}
