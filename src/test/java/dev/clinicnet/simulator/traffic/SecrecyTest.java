package dev.clinicnet.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets of a client, a vault or a policy are in nothing that others read. */
class SecrecyTest {
  private static final String PLANTED = "planted";

  /** All results of a request: its response, its decisions, or its exception. */
  private static String outcome(Traffic traffic) {
    StringWriter told = new StringWriter();
    try {
      HTTPResponse response = traffic.get("/");
      told.append(response.status() + "\n" + response.headers().fields() + "\n");
      told.append(Traffic.body(response));
    } catch (RuntimeException e) {
      e.printStackTrace(new PrintWriter(told, true));
    }
    return told.append(traffic.decisions.toString()).toString();
  }

  private static String basic(String text) {
    return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Traffic action(String action) {
    Traffic traffic = new Traffic("{on_http_request: [{name: r, actions: [" + action + "]}]}");
    traffic.account.secrets.put("v/n", PLANTED);
    return traffic
        .header("Cookie", TrafficPolicies.SESSION_COOKIE + "=" + PLANTED)
        .header("Authorization", basic("ada:" + PLANTED + "-presented"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: basic-auth, config: {credentials: ['ada:${secrets.get(\"v\", \"n\")}']}}",
        "{type: basic-auth, config: {credentials: ['${secrets.get(\"v\", \"n\")}']}}",
        "{type: basic-auth, config: {credentials: ['ada:planted ${']}}",
        "{type: basic-auth, config: {credentials: ['ada:planted'], enforce: '${secrets.get(\"v\", \"n\")}'}}",
        "{type: oauth, config: {provider: google}}",
        "{type: openid-connect, config: {issuer_url: 'https://idp.example.com'}}",
        "{type: deny, config: {status_code: '${secrets.get(\"v\", \"n\")}'}}",
        "{type: deny, config: {status_code: '${req.headers[\"cookie\"][0]}'}}",
        "{type: deny, config: {status_code: '${planted}'}}",
        "{type: deny, config: {status_code: '${planted(1)}'}}",
        "{type: deny, config: {status_code: '${\"a\" \"planted\"}'}}",
        "{type: deny, config: {status_code: '${int(secrets.get(\"v\", \"n\"))}'}}",
        "{type: deny, config: {status_code: '${timestamp(secrets.get(\"v\", \"n\"))}'}}",
        "{type: deny, config: {status_code: '${{}[secrets.get(\"v\", \"n\")]}'}}",
        "{type: rate-limit, config: {name: n, capacity: 1, rate: '${secrets.get(\"v\", \"n\")}'}}",
        "{type: restrict-ips, config: {enforce: true, allow: ['${secrets.get(\"v\", \"n\")}']}}",
        "{type: redirect, config: {from: '(planted', to: x}}",
        "{type: url-rewrite, config: {to: 'https://planted/'}}",
        "{type: custom-response, config: {headers: {x: ['planted']}}}",
        "{type: circuit-breaker, config: {error_threshold: planted}}",
      })
  void actionsDoNotTell(String action) {
    assertThat(outcome(action(action))).doesNotContain(PLANTED).contains("r");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'planted' ==",
        "planted == 1",
        "req.headers['authorization'][0] == planted.x",
        "secrets.get('v', 'n')",
        "bool(secrets.get('v', 'n'))",
        "req.headers['cookie'][0].matches(secrets.get('v', 'n') + '(')",
        "inCidrRange(conn.client_ip, secrets.get('v', 'n'))",
      })
  void expressionsDoNotTell(String expression) {
    Traffic traffic =
        new Traffic(
            "{on_http_request: [{expressions: [\""
                + expression
                + "\"], actions: [{type: deny}]}]}");
    traffic.account.secrets.put("v/n", PLANTED);
    traffic.header("Cookie", PLANTED).header("Authorization", PLANTED);
    assertThat(outcome(traffic)).doesNotContain(PLANTED);
  }

  @Test
  void tokensDoNotTell() {
    // Given
    JWK known = Tokens.ec("k");
    JWK other = Tokens.ec("k");
    String url = "https://idp.example.com/keys.json";
    String config =
        "{issuer: {allow_list: [{value: '%s'}]}, http: {tokens: [{method: header, name: authorization}]}, "
            + "jws: {allowed_algorithms: [%s], keys: {sources: {additional_jkus: ['%s']}}}}";
    for (String algorithm : List.of("ES256", "RS256", "ES256K")) {
      for (String issuer : List.of(Tokens.ISSUER, "https://other.example.com")) {
        for (String keys : new String[] {Tokens.published(known), "[\"" + PLANTED, null}) {
          for (JWK key : List.of(known, other)) {
            String token =
                Tokens.signed(Tokens.header("ES256", key), key, Tokens.claims().subject(PLANTED));
            for (String presented : List.of(token, PLANTED + "." + token, token + PLANTED)) {
              Traffic traffic =
                  new Traffic(
                      "{on_http_request: [{actions: [{type: jwt-validation, config: "
                          + config.formatted(issuer, algorithm, url)
                          + "}]}]}");
              if (keys != null) {
                traffic.account.keySets.put(url, keys);
              }
              // When
              String told = outcome(traffic.header("Authorization", presented));
              // Then
              assertThat(told).doesNotContain(PLANTED);
              assertThat(told).doesNotContain(token.split("[.]", -1));
            }
          }
        }
      }
    }
  }

  @Test
  void aRefusedConnectionDoesNotTell() {
    for (String field :
        List.of("mutual_tls_certificate_authorities: [", "mutual_tls_verification_strategy: ")) {
      String end = field.endsWith("[") ? "]" : "";
      Traffic traffic =
          new Traffic(
              "{on_tcp_connect: [{actions: [{type: terminate-tls, config: {"
                  + field
                  + "'${secrets.get(\"v\", \"n\")}'"
                  + end
                  + "}}]}]}");
      traffic.account.secrets.put("v/n", PLANTED);
      assertThat(traffic.connect().fate()).isEqualTo(Connected.Fate.REFUSED);
      assertThat(traffic.decision().note())
          .startsWith("ERR_NGROK_2253: config.mutual_tls_")
          .doesNotContain(PLANTED);
    }
  }
}
