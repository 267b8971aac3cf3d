package dev.clinicnet.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrustedAuthoritiesTest {
  private static final String ONE = "-----BEGIN CERTIFICATE-----\\none\\n";
  private static final String TWO = "-----BEGIN CERTIFICATE-----\\ntwo\\n";

  @Test
  void anAuthorityThatIsGoneIsTakenBack() {
    assertThat(TrustedAuthorities.areTakenBack(policy(ONE, TWO), policy(ONE))).isTrue();
    assertThat(TrustedAuthorities.areTakenBack(policy(ONE), policy(TWO))).isTrue();
    assertThat(TrustedAuthorities.areTakenBack(policy(ONE + TWO), policy(TWO))).isTrue();
  }

  @Test
  void anotherAuthorityTakesNothingBack() {
    assertThat(TrustedAuthorities.areTakenBack(policy(ONE), policy(ONE, TWO))).isFalse();
    assertThat(TrustedAuthorities.areTakenBack(policy(ONE), policy(TWO + ONE))).isFalse();
  }

  @Test
  void theFirstAuthorityTakesBackThatEverybodyIsAdmitted() {
    assertThat(TrustedAuthorities.areTakenBack("{}", policy(ONE))).isTrue();
    assertThat(TrustedAuthorities.areTakenBack(null, policy(ONE))).isTrue();
  }

  @Test
  void aPolicyWithoutAuthoritiesTakesNoTrustBack() {
    assertThat(TrustedAuthorities.areTakenBack(policy(ONE), "{}")).isFalse();
    assertThat(TrustedAuthorities.areTakenBack("{}", "{}")).isFalse();
  }

  private static String policy(String... authorities) {
    return """
        {"on_tcp_connect":[{"actions":[{"type":"terminate-tls","config":
        {"mutual_tls_certificate_authorities":["%s"]}}]}]}
        """
        .formatted(String.join("\",\"", authorities));
  }
}
