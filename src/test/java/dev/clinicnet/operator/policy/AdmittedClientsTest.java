package dev.clinicnet.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdmittedClientsTest {
  private static final String ONE = "-----BEGIN CERTIFICATE-----\none\n";
  private static final String TWO = "-----BEGIN CERTIFICATE-----\ntwo\n";
  private static final String ANN = "ann";
  private static final String BOB = "bob";

  @Test
  void thoseOfAnAuthorityThatIsGoneAreFewer() {
    assertThat(AdmittedClients.areFewer(trust(ONE, TWO), trust(ONE))).isTrue();
    assertThat(AdmittedClients.areFewer(trust(ONE), trust(TWO))).isTrue();
    assertThat(AdmittedClients.areFewer(trust(ONE + TWO), trust(TWO))).isTrue();
  }

  @Test
  void anotherAuthorityKeepsNobodyOut() {
    assertThat(AdmittedClients.areFewer(trust(ONE), trust(ONE, TWO))).isFalse();
    assertThat(AdmittedClients.areFewer(trust(ONE), trust(TWO + ONE))).isFalse();
    assertThat(AdmittedClients.areFewer(trust(ONE, TWO), trust(TWO, ONE))).isFalse();
  }

  @Test
  void aUserWhoIsGoneMakesThemFewer() {
    assertThat(AdmittedClients.areFewer(users(ANN, BOB), users(ANN))).isTrue();
    assertThat(AdmittedClients.areFewer(users(ANN), users(BOB))).isTrue();
  }

  @Test
  void anotherUserKeepsNobodyOut() {
    assertThat(AdmittedClients.areFewer(users(ANN), users(ANN, BOB))).isFalse();
    assertThat(AdmittedClients.areFewer(users(ANN, BOB), users(BOB, ANN))).isFalse();
  }

  @Test
  void anotherPasswordInThePolicyKeepsOutWhoKnowsTheOldOne() {
    assertThat(AdmittedClients.areFewer(literal("ann:old-password"), literal("ann:new-password")))
        .isTrue();
  }

  @Test
  void theFirstQuestionKeepsEverybodyElseOut() {
    for (String asking : List.of(trust(ONE), users(ANN))) {
      assertThat(AdmittedClients.areFewer(policy(AccessPolicy.ANYBODY), asking)).isTrue();
      assertThat(AdmittedClients.areFewer(null, asking)).isTrue();
    }
    assertThat(AdmittedClients.areFewer(trust(ONE), users(ANN))).isTrue();
    assertThat(AdmittedClients.areFewer(users(ANN), trust(ONE))).isTrue();
  }

  @Test
  void whoeverAsksAndNamesNobodyKeepsAllOut() {
    assertThat(AdmittedClients.areFewer(users(ANN), users())).isTrue();
    assertThat(AdmittedClients.areFewer(users(), users(ANN))).isFalse();
  }

  @Test
  void aPolicyThatAsksForNothingKeepsNobodyOut() {
    for (String open : new String[] {policy(AccessPolicy.ANYBODY), "not a policy", null}) {
      assertThat(AdmittedClients.areFewer(trust(ONE), open)).isFalse();
      assertThat(AdmittedClients.areFewer(users(ANN), open)).isFalse();
      assertThat(AdmittedClients.areFewer(open, open)).isFalse();
    }
  }

  /** The client secret is in the vault, and the users stand in the manifest. */
  @Test
  void anotherLoginIsNotLookedAt() {
    Login.Client client = new Login.Client("fake-id", "${secrets.get('v', 's')}");
    Login oauth =
        Login.oauth("google", Optional.of(client), List.of(), List.of(), List.of("a@example.com"));

    assertThat(
            AdmittedClients.areFewer(
                policy(AccessPolicy.ANYBODY), policy(AccessPolicy.ANYBODY.with(oauth))))
        .isFalse();
  }

  private static String trust(String... authorities) {
    return policy(
        AccessPolicy.ANYBODY.with(
            new ClientCertificates(List.of(authorities), "require-and-verify")));
  }

  private static String users(String... names) {
    Map<String, String> passwords = new LinkedHashMap<>();
    for (String name : names) {
      passwords.put(name, "${secrets.get('clinicnet_i', 'clinics/web/" + name + "')}");
    }
    return policy(AccessPolicy.ANYBODY.with(Login.basicAuth("Clinic", passwords)));
  }

  private static String literal(String credential) {
    return """
        {"on_http_request":[{"actions":[{"type":"basic-auth","config":{"credentials":["%s"]}}]}]}
        """
        .formatted(credential);
  }

  private static String policy(AccessPolicy access) {
    return PolicyBuilder.https(
            access, List.of(), Map.of(), Forwards.to("https://web.clinic1.internal"))
        .toJson();
  }
}
