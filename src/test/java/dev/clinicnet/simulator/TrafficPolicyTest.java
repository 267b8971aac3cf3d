package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrafficPolicyTest extends SimulatorTest {
  private static final String END = "{actions: [{type: deny}]}";

  private String check(String url, String policy) {
    var answer =
        client.post(
            "/endpoints",
            SimulatorClient.object(
                    "url", url, "bindings", List.of("internal"), "traffic_policy", policy)
                .toString());
    return answer.status() == 201 ? null : refusal(answer);
  }

  /** Checks one action of an HTTP request rule that a denial follows. */
  private String action(String action) {
    return check(
        "https://a.clinic1.internal",
        "{on_http_request: [{expressions: [\"true\"], actions: [" + action + "]}, " + END + "]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "on_http_request:\n  - actions:\n      - type: deny\n",
        "{\"on_http_request\":[{\"name\":\"n\",\"actions\":[{\"type\":\"close-connection\"}]}]}",
        "on_http_request: [{actions: [{type: custom-response, config: {status_code: 404, body:"
            + " no}}]}]",
        "on_http_request: [{actions: [{type: forward-internal, config: {url:"
            + " 'http://b.internal'}}]}]",
        "on_http_request: [{actions: [{type: forward-internal, config: {url:"
            + " 'http://${req.host}.internal'}}]}]",
        "on_http_request: [{expressions: [\"req.url.path.startsWith('/api')\"], actions: [{type:"
            + " forward-internal, config: {url: 'https://b.internal'}}]}, {actions: [{type:"
            + " deny}]}]",
        "on_http_request: [{expressions: [\"!(['a','b'].exists(x, x == req.host))\"], actions:"
            + " [{type: deny}]}, {actions: [{type: deny}]}]",
      })
  void takesAGoodPolicyAsJsonOrYaml(String policy) {
    assertThat(check("https://a.clinic1.internal", policy)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{;                                                       ERR_NGROK_2236",
        "just text;                                               ERR_NGROK_2236",
        "{on_http_request: deny};                                 ERR_NGROK_2236",
        "{on_http_request: [{when: x, actions: [{type: deny}]}]}; ERR_NGROK_2236",
        "{on_http_request: [{actions: [{kind: deny}]}]};          ERR_NGROK_2236",
        "{on_http_request: [deny]};                               ERR_NGROK_2236",
        "{inbound: [{actions: [{type: deny}]}]};                  ERR_NGROK_2230",
        "{on_tcp_connect: [{actions: [{type: deny}]}]};           ERR_NGROK_2262",
        "{on_http_request: [{name: n}]};                          ERR_NGROK_2206",
        "{on_http_request: [{actions: []}]};                      ERR_NGROK_2206",
        "{on_http_request: [{actions: [{type: allow}]}]};         ERR_NGROK_2201",
        "{on_http_request: [{actions: [{type: terminate-tls}]}]}; ERR_NGROK_2202",
        "{};                                                      ERR_NGROK_2235",
        "{on_http_response: [{actions: [{type: custom-response}]}]}; ERR_NGROK_2235",
      })
  void refusesABadStructure(String policy, String code) {
    assertThat(check("https://a.clinic1.internal", policy)).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{a: b}", "1", "\"req.url.path.startsWith(\"", "\"a &&\"", "{inline: \"true\"}"})
  void wantsExpressionsToBeTextThatIsCel(String expression) {
    assertThat(
            check(
                "https://a.clinic1.internal",
                "{on_http_request: [{expressions: ["
                    + expression
                    + "], actions: [{type: deny}]}, "
                    + END
                    + "]}"))
        .isEqualTo("ERR_NGROK_2200");
  }

  @Test
  void wantsExpressionsToBeAList() {
    assertThat(
            check(
                "https://a.clinic1.internal",
                "{on_http_request: [{expressions: \"true\", actions: [{type: deny}]}]}"))
        .isEqualTo("ERR_NGROK_2200");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{type: forward-internal};                                               ERR_NGROK_2203",
        "{type: deny, config: {status: 404}};                                    ERR_NGROK_2203",
        "{type: deny, config: no};                                               ERR_NGROK_2203",
        "{type: forward-internal, config: {url: 'tcp://b.internal:1'}};          ERR_NGROK_2204",
        "{type: forward-internal, config: {url: 'https://b.example.com'}};       ERR_NGROK_2204",
        "{type: forward-internal, config: {url: 'https://b.internal', on_error: x}};"
            + " ERR_NGROK_2204",
        "{type: oauth, config: {provider: nobody}};                              ERR_NGROK_2204",
        "{type: basic-auth, config: {credentials: ['u:short']}};                 ERR_NGROK_2204",
        "{type: restrict-ips, config: {enforce: yes please}};                    ERR_NGROK_2204",
        "{type: add-headers, config: {headers: {}}};                             ERR_NGROK_2204",
        "{type: set-vars, config: {vars: a}};                                    ERR_NGROK_2204",
        "{type: set-vars, config: {vars: [a]}};                                  ERR_NGROK_2204",
        "{type: rate-limit, config: {name: n, algorithm: sliding_window, capacity: 5, rate: 1m30}};"
            + " ERR_NGROK_2204",
        "{type: oauth, config: {provider: google, client_id: c}};                ERR_NGROK_2240",
        "{type: deny, config: {status_code: 99}};                                ERR_NGROK_2215",
        "{type: restrict-ips, config: {enforce: true, ip_policies: [ipp_x]}};    ERR_NGROK_2216",
        "{type: restrict-ips, config: {enforce: true, allow: [10.0.0.0/33]}};    ERR_NGROK_2217",
        "{type: restrict-ips, config: {enforce: true, deny: [300.0.0.0/8]}};     ERR_NGROK_2217",
        "{type: restrict-ips, config: {enforce: true, deny: ['fe80::/129']}};    ERR_NGROK_2217",
        "{type: restrict-ips, config: {enforce: true, deny: [a.example.com/8]}}; ERR_NGROK_2217",
        "{type: remove-headers, config: {headers: [a,b,c,d,e,f,g,h,i,j,k]}};     ERR_NGROK_2218",
        "{type: log, config: {metadata: {a: '${req.'}}};                         ERR_NGROK_2200",
        "{type: log, config: {metadata: {a: '${1 +}'}}};                         ERR_NGROK_2200",
      })
  void refusesABadConfig(String action, String code) {
    assertThat(action(action)).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: restrict-ips, config: {enforce: true, allow: [203.0.113.0/24, '2001:db8::/32'],"
            + " deny: [192.0.2.0/24, '${conn.client_ip}/32']}}",
        "{type: rate-limit, config: {name: n, algorithm: sliding_window, capacity: 5, rate: 60s,"
            + " bucket_key: [conn.client_ip]}}",
        "{type: log, config: {metadata: {a: \"${{'a': '}'}['a']}\"}}}",
        "{type: oauth, config: {provider: google}}",
        "{type: oauth, config: {provider: google, idle_session_timeout: 1h30m}}",
        "{type: restrict-ips, config: {allow: [203.0.113.0/24]}}",
        "{type: rate-limit, config: {name: n, algorithm: sliding_window, capacity: 5, rate: 1m30s}}",
        "{type: set-vars, config: {vars: {a: 1, b: '${vars.a}'}}}",
        "{type: set-vars, config: {vars: [{a: 1}, {b: 2}]}}",
      })
  void takesAGoodConfig(String action) {
    assertThat(action(action)).isNull();
  }

  @Test
  void refusesWhatCanNeverRun() {
    assertThat(
            check(
                "https://a.clinic1.internal",
                "{on_http_request: [{actions: [{type: deny}]}, {actions: [{type: log, config:"
                    + " {metadata: {}}}]}]}"))
        .isEqualTo("ERR_NGROK_2207");
    assertThat(action("{type: deny}, {type: log, config: {metadata: {}}}"))
        .isEqualTo("ERR_NGROK_2207");
  }

  @Test
  void refusesARestrictionAfterTheForward() {
    assertThat(
            check(
                "tcp://db.clinic1.internal:5432",
                "{on_tcp_connect: [{actions: [{type: forward-internal, config: {url:"
                    + " 'tcp://x.internal:5432'}}, {type: restrict-ips, config: {enforce: true,"
                    + " allow: [203.0.113.0/24]}}]}]}"))
        .isEqualTo("ERR_NGROK_2207");
  }

  @Test
  void doesNotTakeAForwardThatContinuesForAnEnd() {
    assertThat(
            check(
                "https://a.clinic1.internal",
                "{on_http_request: [{actions: [{type: forward-internal, config: {url:"
                    + " 'https://b.internal', on_error: continue}}]}]}"))
        .isEqualTo("ERR_NGROK_2235");
  }

  @Test
  void doesNotTakeAConditionalRuleForAnEnd() {
    assertThat(
            check(
                "https://a.clinic1.internal",
                "{on_http_request: [{expressions: [\"true\"], actions: [{type: deny}]}]}"))
        .isEqualTo("ERR_NGROK_2235");
  }

  @Test
  void takesLoginsOfTwoKindsButNotTwoOfOne() {
    String oauth = "{type: oauth, config: {provider: google}}";
    assertThat(action(oauth + ", " + oauth)).isEqualTo("ERR_NGROK_2239");
    assertThat(
            action(
                oauth + ", {type: openid-connect, config: {issuer_url: 'https://i.example.com'}}"))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{on_http_request: [{name: 1, actions: [{type: deny}]}]}",
        "{on_http_request: [{actions: [{type: custom-response, config: {content: gone}}]}]}",
        "{on_http_request: [{actions: [{type: deny}]}], on_event_stream_message: [{actions: [{type:"
            + " sse-find-replace, config: {replacements: [{from: a, to: b}]}}]}]}",
      })
  void takesWhatPublicPoliciesHave(String policy) {
    assertThat(check("https://a.clinic1.internal", policy)).isNull();
  }

  @Test
  void knowsNoHttpPhaseOnTcpAndNoTlsOnTcp() {
    String url = "tcp://db.clinic1.internal:5432";
    assertThat(check(url, DENY)).isEqualTo("ERR_NGROK_2230");
    assertThat(check(url, "{on_tcp_connect: [{actions: [{type: terminate-tls}]}]}"))
        .isEqualTo("ERR_NGROK_2205");
    assertThat(
            check(
                url,
                "{on_tcp_connect: [{actions: [{type: forward-internal, config: {url:"
                    + " 'https://x.internal'}}]}]}"))
        .isEqualTo("ERR_NGROK_2204");
    assertThat(check(url, CLOSE)).isNull();
  }

  @Test
  void takesAnIpPolicyThatExists() {
    String policy = created("/ip_policies").id();
    assertThat(
            action("{type: restrict-ips, config: {enforce: true, ip_policies: [" + policy + "]}}"))
        .isNull();
  }

  @Test
  void takesCaIdsAndPemForMutualTls() {
    usableDomain("a.example.com");
    created(
        "/endpoints",
        "url",
        "https://a.example.com",
        "traffic_policy",
        "{on_tcp_connect: [{actions: [{type: terminate-tls, config:"
            + " {mutual_tls_certificate_authorities: [ca_1, \"-----BEGIN CERTIFICATE-----\"],"
            + " mutual_tls_verification_strategy: require-and-verify}}]}], on_http_request: ["
            + END
            + "]}");
  }
}
