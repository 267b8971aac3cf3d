package dev.clinicnet.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtValidationTest {
  private static final String FIRST_URL = "https://idp.example.com/old-keys.json";
  private static final String SECOND_URL = "https://idp.example.com/keys.json";
  private static final JWK RSA = Tokens.rsa("rsa");
  private static final JWK EC = Tokens.ec("ec");
  private static final JWK OTHER_RSA = Tokens.rsa("rsa");

  private static final String POLICY =
      """
      on_http_request:
        - name: tokens
          actions:
            - type: jwt-validation
              config:
                issuer: { allow_list: [ { value: "https://other.example.com" }, { value: "https://idp.example.com/" } ] }
                audience: { allow_list: [ { value: other }, { value: records } ] }
                http: { tokens: [ { type: jwt, method: header, name: Authorization, prefix: "Bearer " } ] }
                jws:
                  allowed_algorithms: [ RS256, ES256 ]
                  keys: { sources: { additional_jkus: [ "https://idp.example.com/old-keys.json", "https://idp.example.com/keys.json" ] } }
        - actions:
            - type: add-headers
              config: { headers: { x-user: "${actions.ngrok.jwt_validation.tokens[0].payload.sub}" } }
      """;

  /** An endpoint whose provider has both keys at its second URL and others at the first. */
  private static Traffic traffic(String policy) {
    Traffic traffic = new Traffic(policy);
    traffic.account.keySets.put(FIRST_URL, Tokens.published(Tokens.ec("old")));
    traffic.account.keySets.put(SECOND_URL, Tokens.published(RSA, EC));
    return traffic;
  }

  private static Traffic bearing(String token) {
    return traffic(POLICY).header("Authorization", "Bearer " + token);
  }

  private static Traffic bearing(JWTClaimsSet.Builder claims) {
    return bearing(Tokens.signed(Tokens.header("RS256", RSA), RSA, claims));
  }

  /** Refused without a word of why, which only the decision tells. */
  private static void assertRefused(Traffic traffic, String why) {
    HTTPResponse response = traffic.get("/");
    assertThat(response.status()).isEqualTo(401);
    assertThat(Traffic.body(response)).isEqualTo("Unauthorized\n");
    assertThat(traffic.passed).isEmpty();
    assertThat(traffic.decision())
        .isEqualTo(
            new Decision(
                "https://api.example.com", "tokens", "jwt-validation", "Authorization: " + why));
  }

  @ParameterizedTest
  @CsvSource({"RS256", "ES256"})
  void aGoodTokenPassesByAKeyOfTheSecondURL(String algorithm) {
    Traffic traffic = bearing(Tokens.signed(algorithm, algorithm.equals("RS256") ? RSA : EC));
    assertThat(traffic.get("/").status()).isEqualTo(200);
    assertThat(traffic.passed().headers().first("x-user")).contains("ada");
  }

  @Test
  void aTokenThatNamesNoKeyIsTriedWithAll() {
    String token = Tokens.signed(Tokens.header("ES256", EC).keyID(null), EC, Tokens.claims());
    assertThat(bearing(token).get("/").status()).isEqualTo(200);
  }

  @Test
  void aTokenMustStandWhereItIsExpected() {
    String token = Tokens.signed("RS256", RSA);
    assertRefused(traffic(POLICY), "there is no token");
    assertRefused(traffic(POLICY).header("X-Token", "Bearer " + token), "there is no token");
    assertRefused(traffic(POLICY).header("Authorization", token), "the prefix is missing");
    assertRefused(
        traffic(POLICY).header("Authorization", "Basic " + token), "the prefix is missing");
    assertRefused(traffic(POLICY).header("Authorization", "Bearer "), "it is no signed token");
    assertThat(traffic(POLICY).header("authorization", "Bearer " + token).get("/").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "a.b.c",
        "..",
        "e30.e30.e30",
        "e30.e30.",
        "bnVsbA.e30.e30",
        "W10.e30.e30",
        "\u00e9.\u00e9.\u00e9"
      })
  void whatIsNoTokenIsRefused(String text) {
    assertRefused(bearing(text), "it is no signed token");
  }

  @Test
  void theAlgorithmMustBeAllowed() {
    assertRefused(bearing(Tokens.signed("RS384", RSA)), "its algorithm is not allowed");
    assertRefused(bearing(Tokens.signed("PS256", RSA)), "its algorithm is not allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256, ES256", "RS256, none"})
  void aTokenWithoutASignatureIsRefused(String algorithms) {
    Traffic traffic =
        traffic(POLICY.replace("RS256, ES256", algorithms))
            .header("Authorization", "Bearer " + new PlainJWT(Tokens.claims().build()).serialize());
    assertRefused(traffic, "it is no signed token");
  }

  @Test
  void aSignatureThatWasCutOffOrMovedIsRefused() {
    String token = Tokens.signed("RS256", RSA);
    String head = token.substring(0, token.lastIndexOf('.'));
    String other = Tokens.signed(Tokens.header("RS256", RSA), RSA, Tokens.claims().subject("eve"));
    assertRefused(bearing(head + other.substring(other.lastIndexOf('.'))), "no key has signed it");
    assertRefused(bearing(head + "."), "it is no signed token");
  }

  @Test
  void anotherKeyIsNone() throws JOSEException {
    String sameName = Tokens.signed("RS256", OTHER_RSA);
    String unknownName =
        Tokens.signed(Tokens.header("RS256", RSA).keyID("unknown"), RSA, Tokens.claims());
    String bringsItsOwn =
        Tokens.signed(
            Tokens.header("RS256", OTHER_RSA).jwk(OTHER_RSA.toPublicJWK()),
            OTHER_RSA,
            Tokens.claims());
    String ofAnotherType =
        Tokens.signed(Tokens.header("ES256", EC).keyID("rsa"), EC, Tokens.claims());
    for (String token : List.of(sameName, unknownName, bringsItsOwn, ofAnotherType)) {
      assertRefused(bearing(token), "no key has signed it");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256, ES256", "RS256, HS256"})
  void aPublicKeyIsNoSecret(String algorithms) throws JOSEException {
    // Given
    byte[] encoded = RSA.toRSAKey().toPublicKey().getEncoded();
    byte[] published = RSA.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
    for (byte[] secret : List.of(encoded, published)) {
      JWK key = new OctetSequenceKey.Builder(secret).keyID("rsa").build();
      Traffic traffic =
          traffic(POLICY.replace("RS256, ES256", algorithms))
              .header("Authorization", "Bearer " + Tokens.signed("HS256", key));
      // When, Then
      assertRefused(
          traffic,
          algorithms.contains("HS256") ? "no key has signed it" : "its algorithm is not allowed");
    }
  }

  @Test
  void aSharedSecretIsAKeyWhereItIsPublished() {
    JWK secret = new OctetSequenceKey.Builder(new byte[32]).keyID("hs").build();
    Traffic traffic = traffic(POLICY.replace("RS256, ES256", "HS256"));
    traffic.account.keySets.put(SECOND_URL, new JWKSet(secret).toString(false));
    traffic.header("Authorization", "Bearer " + Tokens.signed("HS256", secret));
    assertThat(traffic.get("/").status()).isEqualTo(200);
  }

  @Test
  void timePassesByTheAccountsClock() {
    // Given
    Traffic traffic = bearing(Tokens.signed("RS256", RSA));
    // When
    traffic.account.pass(Duration.ofMinutes(5).minusSeconds(1));
    int before = traffic.get("/").status();
    traffic.passed.clear();
    traffic.account.pass(Duration.ofSeconds(1));
    // Then
    assertThat(before).isEqualTo(200);
    assertRefused(traffic, "it has expired");
  }

  @Test
  void aTokenBeginsWhenItSays() {
    // Given
    Instant begin = FakeAccount.START.plusSeconds(60);
    Traffic traffic = bearing(Tokens.claims().notBeforeTime(Date.from(begin)));
    // When, Then
    assertRefused(traffic, "it is not valid yet");
    traffic.account.pass(Duration.ofSeconds(60));
    assertThat(traffic.get("/").status()).isEqualTo(200);
  }

  @Test
  void aTokenWithoutAnEndDoesNotExpire() {
    Traffic traffic = bearing(Tokens.claims().expirationTime(null));
    traffic.account.pass(Duration.ofDays(3650));
    assertThat(traffic.get("/").status()).isEqualTo(200);
  }

  @Test
  void theIssuerMustBeOneOfThoseAllowed() {
    String why = "its issuer is not allowed";
    assertRefused(bearing(Tokens.claims().issuer("https://idp.example.com")), why);
    assertRefused(bearing(Tokens.claims().issuer(null)), why);
    assertThat(bearing(Tokens.claims().issuer("https://other.example.com")).get("/").status())
        .isEqualTo(200);
  }

  @Test
  void oneAudienceMustBeAllowed() {
    String why = "its audience is not allowed";
    assertRefused(bearing(Tokens.claims().audience("billing")), why);
    assertRefused(bearing(Tokens.claims().audience((String) null)), why);
    assertThat(bearing(Tokens.claims().audience(List.of("billing", "records"))).get("/").status())
        .isEqualTo(200);
  }

  @Test
  void withoutAListAnyAudienceIsAllowed() {
    String policy = POLICY.replaceAll("\n *audience: .*", "");
    for (String audience : new String[] {"billing", null}) {
      String token =
          Tokens.signed(Tokens.header("RS256", RSA), RSA, Tokens.claims().audience(audience));
      Traffic traffic = traffic(policy).header("Authorization", "Bearer " + token);
      assertThat(traffic.get("/").status()).isEqualTo(200);
    }
  }

  @Test
  void everyTokenMustBeThere() {
    // Given
    String second = ", { type: jwt, method: header, name: X-Token } ] }";
    Traffic traffic =
        traffic(POLICY.replace("prefix: \"Bearer \" } ] }", "prefix: \"Bearer \" }" + second));
    traffic.header("Authorization", "Bearer " + Tokens.signed("RS256", RSA));
    // When
    int one = traffic.get("/").status();
    String note = traffic.decision().note();
    int both = traffic.header("X-Token", Tokens.signed("ES256", EC)).get("/").status();
    // Then
    assertThat(one).isEqualTo(401);
    assertThat(note).isEqualTo("X-Token: there is no token");
    assertThat(both).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POST | application/json; charset=utf-8 | {\"Access_Token\": \"%s\"} | 200",
        "PUT | application/x-www-form-urlencoded | a=b&access_token=%s | 200",
        "POST | application/json | {\"other\": \"%s\"} | 401",
        "POST | application/json | [\"%s\"] | 401",
        "POST | application/json | {\"access_token\": \"%s\" | 401",
        "POST | text/plain | access_token=%s | 401",
        "DELETE | application/json | {\"access_token\": \"%s\"} | 401",
      })
  void aTokenStandsInABodyThatGoesOn(String method, String type, String body, int status)
      throws IOException {
    // Given
    Traffic traffic =
        traffic(
                POLICY.replace(
                    "method: header, name: Authorization, prefix: \"Bearer \"",
                    "method: body, name: access_token"))
            .header("Content-Type", type);
    String text = body.formatted(Tokens.signed("ES256", EC));
    // When
    HTTPResponse response =
        traffic.request(
            method, "/", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    // Then
    assertThat(response.status()).isEqualTo(status);
    if (status == 200) {
      assertThat(traffic.passed().body()).hasContent(text);
    }
  }

  @Test
  void keysThatWereNotGivenAreNotFetched() {
    Traffic traffic = bearing(Tokens.signed("RS256", RSA));
    traffic.account.keySets.remove(FIRST_URL);
    assertThatThrownBy(() -> traffic.get("/"))
        .isInstanceOf(Unmodelled.class)
        .hasMessageContaining(FIRST_URL)
        .hasMessageContaining("PUT /_simulator/key-sets");
  }

  @Test
  void anAlgorithmThatIsNotModelledIsNamed() {
    String header = "eyJhbGciOiJFZERTQSJ9";
    Traffic traffic =
        traffic(POLICY.replace("RS256, ES256", "EdDSA"))
            .header("Authorization", "Bearer " + header + ".e30.e30");
    assertThatThrownBy(() -> traffic.get("/"))
        .isInstanceOf(Unmodelled.class)
        .hasMessageContaining("\"EdDSA\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"planted", "{}", "[]", "null", "{\"keys\": [{\"kty\": 1}]}", "{\"keys\": [null]}"})
  void whatIsNoKeySetIsAnErrorOfThePolicy(String text) {
    Traffic traffic = bearing(Tokens.signed("RS256", RSA));
    traffic.account.keySets.put(SECOND_URL, text);
    HTTPResponse response = traffic.get("/");
    assertThat(response.status()).isEqualTo(500);
    assertThat(Traffic.body(response)).contains(SECOND_URL).doesNotContain("planted");
  }
}
