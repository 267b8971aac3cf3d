package dev.clinicnet.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestActionsTest {

  private static Traffic request(String actions) {
    return new Traffic("{on_http_request: [{actions: [" + actions + "]}]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: deny} | 403",
        "{type: deny, config: {status_code: 404}} | 404",
        "{type: deny, config: {status_code: '${400 + 10}'}} | 410",
        "{type: custom-response, config: {status_code: '201'}} | 201",
        "{type: custom-response} | 200",
        "{type: custom-response, config: {status_code: 404, content: gone}} | 404",
        "{type: redirect, config: {to: 'https://other.example.com/'}} | 302",
        "{type: redirect, config: {from: /nothing, to: /x}} | 200",
        "{type: restrict-ips, config: {enforce: true, allow: [203.0.113.0/24]}} | 200",
        "{type: restrict-ips, config: {enforce: true, allow: [0.0.0.0/0], deny: [203.0.113.7/32]}} | 403",
        "{type: restrict-ips, config: {enforce: true, allow: [192.0.2.0/24]}} | 403",
        "{type: restrict-ips, config: {enforce: false, allow: [192.0.2.0/24]}} | 200",
        "{type: restrict-ips, config: {enforce: true}} | 403",
        "{type: restrict-ips, config: {allow: [192.0.2.0/24]}} | 403",
        "{type: restrict-ips, config: {allow: [203.0.113.0/24]}} | 200",
        "{type: restrict-ips, config: {enforce: true, ip_policies: [ipp_1]}} | 200",
        "{type: restrict-ips, config: {enforce: true, ip_policies: [ipp_1, ipp_2]}} | 403",
        "{type: restrict-ips, config: {enforce: true, ip_policies: [ipp_9]}} | 500",
        "{type: restrict-ips, config: {enforce: true, allow: ['${vars.none}']}} | 500",
        "{type: restrict-ips, config: {enforce: true, allow: ['::/0']}} | 403",
        "{type: restrict-ips, config: {enforce: true, allow: ['::ffff:203.0.113.0/120']}} | 200",
        "{type: log, config: {metadata: {a: '${req.method}'}}} | 200",
      })
  void actionsAnswerOrGoOn(String action, int status) {
    // Given
    Traffic traffic = request(action).header("X-Forwarded-For", "192.0.2.1");
    traffic.account.ipPolicies.put(
        "ipp_1", List.of(new TrafficAccount.AddressRule("203.0.113.0/24", true)));
    traffic.account.ipPolicies.put(
        "ipp_2", List.of(new TrafficAccount.AddressRule("203.0.113.0/28", false)));
    // When
    int answered = traffic.get("/a").status();
    // Then
    assertThat(answered).isEqualTo(status);
    boolean passed = status == 200 && !action.contains("custom-response");
    assertThat(traffic.passed).hasSize(passed ? 1 : 0);
    assertThat(traffic.decision().action())
        .isEqualTo(passed ? "" : action.split("[:,}]", -1)[1].strip());
  }

  @Test
  void anAddressMappedToIPv6CountsAsIPv4() {
    Traffic traffic =
        request("{type: restrict-ips, config: {enforce: true, allow: [203.0.113.0/24]}}");
    assertThat(traffic.from("::ffff:203.0.113.9").get("/").status()).isEqualTo(200);
    assertThat(traffic.from("2001:db8::1").get("/").status()).isEqualTo(403);
  }

  @Test
  void closingTheConnectionGivesNoResponse() {
    Traffic traffic = request("{type: close-connection}");
    assertThatThrownBy(() -> traffic.request("GET", "/", InputStream.nullInputStream()))
        .isInstanceOf(ConnectionClosed.class);
    assertThat(traffic.decision().action()).isEqualTo("close-connection");
  }

  @Test
  void aCustomResponseIsTemplated() {
    HTTPResponse response =
        request(
                "{type: custom-response, config: {body: 'Hi ${conn.client_ip}!', headers: {x-path: '${req.url.path}'}}}")
            .get("/a");
    assertThat(Traffic.body(response)).isEqualTo("Hi 203.0.113.7!");
    assertThat(response.headers().first("x-path")).contains("/a");
    assertThat(response.headers().first("content-type")).contains("text/plain; charset=utf-8");
  }

  @Test
  void headersAreAddedInLowerCaseAndRemoved() {
    // Given
    Traffic traffic =
        request(
                "{type: add-headers, config: {headers: {X-New: '${req.method}', X-Old: two, host: in.example.com}}},"
                    + "{type: remove-headers, config: {headers: [X-GONE]}}")
            .header("X-Old", "one")
            .header("X-Gone", "x");
    // When
    traffic.get("/");
    // Then
    HTTPRequest passed = traffic.passed();
    assertThat(passed.headers().all("x-old")).containsExactly("one", "two");
    assertThat(passed.headers().names()).containsExactly("x-new", "X-Old");
    assertThat(passed.headers().first("x-new")).contains("GET");
    assertThat(passed.host()).isEqualTo("in.example.com");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/(\\w+), /api/v2/$1, /api/v1/users?q=1, /api/v2/users?q=1",
    "z, y, /z/z, /y/y",
    "nothing, x, /a, /a",
  })
  void rewritingReplacesEveryMatch(String from, String to, String target, String rewritten) {
    String config = "{from: '" + from + "', to: '" + to + "'}";
    Traffic traffic = request("{type: url-rewrite, config: " + config + "}");
    traffic.get(target);
    assertThat(traffic.passed().target()).isEqualTo(rewritten);
  }

  @Test
  void aRedirectNamesTheChangedURL() {
    HTTPResponse response =
        request(
                "{type: redirect, config: {from: /v1/, to: /v2/, status_code: 308, headers: {x: y}}}")
            .get("/v1/a?b=c");
    assertThat(response.status()).isEqualTo(308);
    assertThat(response.headers().first("location")).contains("https://api.example.com/v2/a?b=c");
    assertThat(response.headers().first("x")).contains("y");
  }

  @ParameterizedTest
  @CsvSource({"halt, ERR_NGROK_3200, 404", "halt, ERR_NGROK_8012, 502", "continue, X, 200"})
  void anUnreachableTargetGoesByOnError(String onError, String code, int status) {
    Traffic traffic =
        request(
            "{type: forward-internal, config: {url: 'https://${req.host.split(\".\")[0]}.internal', on_error: "
                + onError
                + "}}");
    traffic.unreachable = new Unreachable(code, "offline");
    HTTPResponse response = traffic.get("/");
    assertThat(traffic.forwarded).containsExactly("https://api.internal");
    assertThat(response.status()).isEqualTo(status);
    if (status != 200) {
      assertThat(Traffic.body(response)).contains(code);
    }
  }

  @Test
  void rulesOnResponsesRunOnWhatAnUpstreamHasAnswered() {
    // Given
    String policy =
        """
        on_http_request:
          - expressions: [ "req.url.path == '/deny'" ]
            actions: [ { type: deny } ]
          - expressions: [ "req.url.path == '/in'" ]
            actions: [ { type: forward-internal, config: { url: "https://in.internal" } } ]
        on_http_response:
          - actions:
              - { type: add-headers, config: { headers: { x-status: "${res.status_code}" } } }
              - { type: remove-headers, config: { headers: [ content-type ] } }
          - expressions: [ "res.status_code >= 500" ]
            actions: [ { type: custom-response, config: { status_code: 503 } } ]
        """;
    // When
    HTTPResponse passed = new Traffic(policy).get("/");
    HTTPResponse forwarded = new Traffic(policy).get("/in");
    HTTPResponse denied = new Traffic(policy).get("/deny");
    Traffic broken = new Traffic(policy);
    broken.upstream = HTTPResponse.empty(500);
    // Then
    assertThat(passed.headers().fields()).containsExactly(java.util.Map.entry("x-status", "200"));
    assertThat(forwarded.headers().first("x-status")).contains("200");
    assertThat(denied.headers().first("x-status")).isEmpty();
    assertThat(broken.get("/").status()).isEqualTo(503);
  }

  @Test
  void theOlderNameOfABodyIsRead() {
    HTTPResponse response = request("{type: custom-response, config: {content: gone}}").get("/");
    assertThat(Traffic.body(response)).isEqualTo("gone");
  }

  @Test
  void variablesMayBeOneMap() {
    Traffic traffic =
        new Traffic(
            """
            on_http_request:
              - actions: [ { type: set-vars, config: { vars: { a: 1, b: "${vars.a + 1}" } } } ]
              - expressions: [ "vars.b == 2" ]
                actions: [ { type: custom-response, config: { status_code: 201 } } ]
            """);
    assertThat(traffic.get("/").status()).isEqualTo(201);
  }

  @Test
  void variablesKeepTheirTypes() {
    Traffic traffic =
        new Traffic(
            """
            on_http_request:
              - actions:
                  - type: set-vars
                    config:
                      vars:
                        - ids: "${[1, 2]}"
                        - text: "n=${size(vars.ids)}"
                        - nested: { list: [ "${vars.ids[1]}" ] }
              - expressions: [ "vars.text == 'n=2' && vars.nested.list[0] == 2" ]
                actions: [ { type: custom-response, config: { status_code: 201 } } ]
            """);
    assertThat(traffic.get("/").status()).isEqualTo(201);
  }
}
