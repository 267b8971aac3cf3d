package dev.clinicnet.operator.ngrok;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  private static final String KEY = "an-unusual-key-9Zq";
  private static final String ACCESS_TOKEN = "ngrok_pat_2aBcDeFgHiJkLmNoPqRs_7SecretSecret";
  private static final String TOKEN = "2aBcDeFgHiJkLmNoPqRsTuVwXyZ_7SecretSecretSecret1";

  @Test
  void removesTheKeyWhereverItStands() {
    assertThat(redact("x" + KEY + "y")).isEqualTo("x***y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "u", "us", "user:", "user: "})
  void removesTheKeyInBase64AtAnyOffset(String before) {
    for (String after : List.of("", "1", "12", "123")) {
      byte[] bytes = (before + KEY + after).getBytes(UTF_8);
      for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
        String redacted = redact("seen " + encoder.encodeToString(bytes) + " there");
        assertThat(redacted).contains("***").startsWith("seen ").endsWith(" there");
        assertThat(longestCommon(redacted, encoder.encodeToString(KEY.getBytes(UTF_8))))
            .isLessThan(5);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Your credential: %s.",
        "Your credential: `%s`. API keys are on your dashboard",
        "Authorization Header: Bearer %s",
        "Authorization: Basic %s end",
        "x=%s",
        "https://h/?token=%s&a=b",
        "ak_%s",
        "(%s)",
        "bearer %s"
      })
  void removesAnythingThatLooksLikeAToken(String text) {
    assertThat(redact(text.formatted(TOKEN))).doesNotContain("7Secret").contains("***");
    assertThat(redact(text.formatted(ACCESS_TOKEN))).doesNotContain("7Secret").contains("***");
    assertThat(redact(text.formatted("ngrok_pat_short-one"))).doesNotContain("short");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Your credential: `%s`. More",
        "Your authentication: %s. More",
        "Your key: '%s' More",
        "Authorization Header: `%s`. More",
        "password = \"%s\" More"
      })
  void removesWhatThePlatformEchoesWhateverItLooksLike(String text) {
    assertThat(redact(text.formatted("hunter2"))).doesNotContain("hunter2").contains("More");
  }

  @Test
  void removesEverythingQuotedFromRefusalsOfACredential() {
    assertThat(Redaction.redactQuoted("we saw `hunter2 and` 'more' \"x\" ok", List.of()))
        .isEqualTo("we saw *** *** *** ok");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ep_2aBcDeFgHiJkLmNoPqRsTuVwXyZ is in the way",
        "service_2aBcDeFgHiJkLmNoPqRsTuVwXyZ",
        "the domain clinic1.api.clinicnet.com is taken",
        "The value 'x' of reserved_domains is not valid: see https://ngrok.com/docs/errors"
      })
  void keepsIdsAndNames(String text) {
    assertThat(redact(text)).isEqualTo(text);
  }

  @Test
  void removesLineBreaksControlCharactersAndOperationIds() {
    assertThat(
            redact(
                " a\r\nb\tc\u0000d\u2028e (operation op_2aBcDeFgHiJkLmNoPqRsTuVwXyZ) f\u001b[31m"))
        .isEqualTo("a b c d e f [31m");
  }

  @Test
  void boundsItsLength() {
    assertThat(redact("a ".repeat(1000))).hasSize(401);
  }

  @Test
  void removesTheSecretsOfASubmittedPolicy() throws Exception {
    String policy =
        """
        {"on_http_request":[{"actions":[
          {"type":"oauth","config":{"provider":"google","client_secret":"planted-secret-1"}},
          {"type":"basic-auth","config":{"credentials":["user:planted-secret-2"]}}]}]}
        """;
    List<String> secrets =
        SubmittedSecrets.in(
            WireJson.mapper().valueToTree(Endpoint.Update.policy(policy)), WireJson.mapper());
    String msg = "bad value planted-secret-1 for google and planted-secret-2";
    assertThat(Redaction.redact(msg, secrets)).isEqualTo("bad value *** for google and ***");
  }

  @Test
  void toleratesAnyText() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      String text =
          random
              .ints(random.nextInt(200), 0, 0x3000)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      assertThat(redact(text + KEY + text)).doesNotContain(KEY).doesNotContain("\n");
    }
  }

  private static String redact(String text) {
    return Redaction.redact(text, List.of(KEY));
  }

  private static int longestCommon(String a, String b) {
    int longest = 0;
    for (int from = 0; from < b.length(); from++) {
      for (int to = from + longest + 1; to <= b.length(); to++) {
        if (a.contains(b.substring(from, to))) {
          longest = to - from;
        }
      }
    }
    return longest;
  }
}
