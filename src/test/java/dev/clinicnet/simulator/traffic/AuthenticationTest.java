package dev.clinicnet.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticationTest {
  private static final String BASIC =
      """
      on_http_request:
        - actions:
            - type: basic-auth
              config:
                realm: clinic
                enforce: %s
                credentials: [ "ada:${secrets.get('v', 'n')}", "bob:word:with:colons" ]
        - expressions: [ "!actions.ngrok.basic_auth.credentials.authorized" ]
          actions: [ { type: deny, config: { status_code: 418 } } ]
      """;

  private static Traffic basic(boolean enforce) {
    Traffic traffic = new Traffic(BASIC.formatted(enforce));
    traffic.account.secrets.put("v/n", "planted-password");
    return traffic;
  }

  private static String credentials(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "ada:planted-password, 200",
    "bob:word:with:colons, 200",
    "ada:wrong-planted, 401",
    "bob:planted-password, 401",
    "nocolon, 401",
  })
  void credentialsAreCompared(String presented, int status) {
    // Given
    Traffic traffic = basic(true).header("Authorization", credentials(presented));
    // When
    HTTPResponse response = traffic.get("/");
    // Then
    assertThat(response.status()).isEqualTo(status);
    assertThat(traffic.decisions.toString()).doesNotContain("planted").doesNotContain("word");
    if (status == 401) {
      assertThat(response.headers().first("www-authenticate")).contains("Basic realm=\"clinic\"");
    }
  }

  @Test
  void withoutEnforcementTheFindingsDecide() {
    assertThat(basic(false).get("/").status()).isEqualTo(418);
    assertThat(basic(true).header("Authorization", "Bearer x").get("/").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "oauth, provider, google, oauth, google, 200",
    "oauth, provider, google, oauth, github, 302",
    "openid-connect, issuer_url, https://idp.example.com, oidc, https://idp.example.com, 200",
    "openid-connect, issuer_url, https://idp.example.com, oidc, google, 302",
  })
  void whoHasLoggedInGoesOn(
      String type, String field, String provider, String namespace, String login, int status) {
    // Given
    Traffic traffic =
        new Traffic(
            """
            on_http_request:
              - actions: [ { type: %1$s, config: { %2$s: "%3$s" } } ]
              - expressions: [ "!actions.ngrok.%4$s.identity.email.endsWith('@clinic.example')" ]
                actions: [ { type: deny } ]
              - actions: [ { type: add-headers, config: { headers: { x-user: "${actions.ngrok.%4$s.identity.id}" } } } ]
            """
                .formatted(type, field, provider, namespace));
    traffic.account.logins.put(
        "planted-session", new TrafficAccount.Login(login, "u1", "Ada", "ada@clinic.example"));
    traffic.header("Cookie", "a=b; " + TrafficPolicies.SESSION_COOKIE + "=planted-session");
    // When
    HTTPResponse response = traffic.get("/records?id=1");
    // Then
    assertThat(response.status()).isEqualTo(status);
    assertThat(traffic.decisions.toString()).doesNotContain("planted");
    if (status == 302) {
      assertThat(response.headers().first("location").orElseThrow())
          .startsWith("https://idp.simulator.internal/login?provider=")
          .endsWith("&return_to=https%3A%2F%2Fapi.example.com%2Frecords%3Fid%3D1");
    } else {
      assertThat(traffic.passed().headers().first("x-user")).contains("u1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "has(actions.ngrok.oauth.identity.email), 200",
    "actions.ngrok.oauth.identity.email == '', 500"
  })
  void aUserWithoutAnAddressHasNone(String expression, int status) {
    Traffic traffic =
        new Traffic(
            """
            on_http_request:
              - actions: [ { type: oauth, config: { provider: github } } ]
              - expressions: [ "%s" ]
                actions: [ { type: deny } ]
            """
                .formatted(expression));
    traffic.account.logins.put("s", new TrafficAccount.Login("github", "u1", "Ada", ""));
    traffic.header("Cookie", TrafficPolicies.SESSION_COOKIE + "=s");
    assertThat(traffic.get("/").status()).isEqualTo(status);
  }
}
