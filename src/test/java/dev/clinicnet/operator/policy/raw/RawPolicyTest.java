package dev.clinicnet.operator.policy.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinicnet.operator.policy.Action;
import dev.clinicnet.operator.policy.CompletePolicy;
import dev.clinicnet.operator.policy.Phase;
import dev.clinicnet.operator.policy.Rule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawPolicyTest {

  private static final String EVERY_PHASE =
      """
      on_http_response: [{name: c, actions: [{type: log, config: {metadata: {a: 1}}}]}]
      on_tcp_connect: [{name: a, actions: [{type: log, config: {metadata: {a: 1}}}]}]
      on_http_request:
        - {name: b, expressions: ["req.method == 'PUT'"], actions: [{type: deny, config: null}]}
      """;

  @Test
  void acceptsNoRules() {
    assertThat(RawPolicy.check(Map.of(), EndpointKind.HTTPS, Set.of()).accepted()).isTrue();
    assertThat(RawPolicy.rules(Map.of())).isEmpty();
    assertThat(RawPolicy.rules(RawPolicyCase.tree("on_http_request: []"))).isEmpty();
  }

  @Test
  void putsRulesBetweenTheRestrictionsAndTheForward() {
    Map<Phase, List<Rule>> rules = RawPolicy.rules(RawPolicyCase.tree(EVERY_PHASE));

    assertThat(CompletePolicy.https(rules).toJson())
        .isEqualTo(
            """
            {"on_tcp_connect":[{"name":"restrict addresses","actions":[{"type":"restrict-ips",\
            "config":{"allow":["203.0.113.0/24"],"enforce":true}}]},\
            {"name":"a","actions":[{"type":"log","config":{"metadata":{"a":1}}}]}],\
            "on_http_request":[{"name":"b","expressions":["req.method == 'PUT'"],\
            "actions":[{"type":"deny"}]},\
            {"name":"forward","actions":[{"type":"forward-internal",\
            "config":{"url":"https://rest-api.clinic1.internal"}}]}],\
            "on_http_response":[{"name":"c","actions":[{"type":"log",\
            "config":{"metadata":{"a":1}}}]}]}""");
  }

  @Test
  void putsRulesOfATcpEndpointInTheOnePhase() {
    Map<Phase, List<Rule>> rules =
        RawPolicy.rules(
            RawPolicyCase.tree(
                "on_tcp_connect: [{name: a, actions: [{type: log, config: {metadata: {}}}]}]"));

    assertThat(CompletePolicy.tcp(rules).rules(Phase.ON_TCP_CONNECT))
        .extracting(Rule::name)
        .containsExactly("restrict addresses", "a", "forward");
    assertThatThrownBy(() -> CompletePolicy.tcp(RawPolicy.rules(RawPolicyCase.tree(EVERY_PHASE))))
        .hasMessageContaining("the endpoint has on_tcp_connect only");
  }

  @Test
  void theNamesOfWhatARefusedManifestClosesAreTheOperators() {
    RawPolicyFindings findings =
        check(
            "on_http_request: [{name: 'generation 1, refused: x', expressions: [\"req.method =="
                + " 'PUT'\"], actions: [{type: deny}]}]");

    assertThat(findings.errors())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.path()).isEqualTo("on_http_request[0].name");
              assertThat(finding.message()).contains("choose a name");
            });
    assertThat(
            check(
                    "on_http_request: [{name: 'generation 1', expressions: [\"req.method =="
                        + " 'PUT'\"], actions: [{type: deny}]}]")
                .accepted())
        .isTrue();
  }

  @Test
  void findsEveryFault() {
    RawPolicyFindings findings =
        check(
            """
            inbound: []
            on_http_request:
              - expressions: ["req.host = 'a'", "req.hots == 'a'"]
                actions: [{type: deny, config: {status_code: 200, body: no}}, {type: deny}]
            """);

    assertThat(findings.accepted()).isFalse();
    assertThat(findings.errors())
        .extracting(Finding::path)
        .containsExactly("inbound", "on_http_request[0].expressions[0]");
    assertThat(findings.warnings())
        .extracting(Finding::toString)
        .containsExactly(
            "on_http_request[0].expressions[1]: column 4: unknown variable req.hots; did you mean"
                + " req.host?",
            "on_http_request[0].actions[0].config.status_code: 200 is out of bounds: write a whole"
                + " number from 400 to 599",
            "on_http_request[0].actions[0].config.body: is unknown: take it out or write one of"
                + " status_code",
            "on_http_request[0].actions[1]: never runs, because deny before it ends the policy: move"
                + " it up or take it out");
  }

  @ParameterizedTest
  @CsvSource({
    "https://llm.clinic2.internal, only for the service's own forward",
    "https://${req.host}, could build the URL of an internal endpoint",
  })
  void keepsModelsOfOtherClinicsApart(String url, String words) {
    RawPolicyFindings findings =
        check(
            """
            on_http_request:
              - expressions: ["req.method == 'POST'"]
                actions:
                  - type: ai-gateway
                    config: {providers: [{id: ours, base_url: "%s"}]}
            """
                .formatted(url));

    assertThat(findings.errors())
        .extracting(Finding::toString)
        .anyMatch(finding -> finding.contains(words));
  }

  @Test
  void sendsWhatPublicPoliciesLeaveOut() {
    Map<Phase, List<Rule>> rules =
        RawPolicy.rules(
            RawPolicyCase.tree(
                """
                on_http_request:
                  - name: 7
                    actions:
                      - type: restrict-ips
                        config: {allow: [203.0.113.7, "2001:db8::1", 198.51.100.0/24]}
                      - type: set-vars
                        config: {vars: {a: 1, b: 2}}
                      - type: add-headers
                        config: {headers: {x-on: true}}
                """));

    Rule rule = rules.get(Phase.ON_HTTP_REQUEST).get(0);
    assertThat(rule.name()).isEqualTo("7");
    assertThat(rule.actions())
        .extracting(Action::config)
        .containsExactly(
            Map.of(
                "allow",
                List.of("203.0.113.7/32", "2001:db8::1/128", "198.51.100.0/24"),
                "enforce",
                true),
            Map.of("vars", List.of(Map.of("a", 1), Map.of("b", 2))),
            Map.of("headers", Map.of("x-on", "true")));
  }

  @Test
  void sendsOtherFormsOfPublicPoliciesInTheDocumentedOne() {
    Map<Phase, List<Rule>> rules =
        RawPolicy.rules(
            RawPolicyCase.tree(
                """
                on_http_request:
                  - actions:
                      - type: basic-auth
                        config:
                          credentials: [{password: fake-password, username: ann}, bob:fake-password]
                      - type: set-vars
                        config: {a: 1, b: 2}
                on_tcp_connect:
                  - actions:
                      - type: terminate-tls
                        config: {mutual_tls_certificate_authorities: ca_1}
                """));

    assertThat(rules.get(Phase.ON_HTTP_REQUEST).get(0).actions())
        .extracting(Action::config)
        .containsExactly(
            Map.of("credentials", List.of("ann:fake-password", "bob:fake-password")),
            Map.of("vars", List.of(Map.of("a", 1), Map.of("b", 2))));
    assertThat(rules.get(Phase.ON_TCP_CONNECT).get(0).actions())
        .extracting(Action::config)
        .containsExactly(Map.of("mutual_tls_certificate_authorities", List.of("ca_1")));
  }

  @Test
  void neverQuotesAPasswordOfAPair() {
    RawPolicyFindings findings =
        check(
            """
            on_http_request:
              - actions:
                  - type: basic-auth
                    config:
                      credentials:
                        - {username: ann, password: "planted${req.hots + 1}"}
                        - {username: "a:b", password: planted}
                        - {username: ann, password: planted}
                        - {username: ann, password: [planted]}
                        - {ann: planted}
            """);

    assertThat(findings.errors()).hasSize(3);
    assertThat(findings.errors() + " " + findings.warnings()).doesNotContain("planted", "hots");
  }

  @Test
  void namesTheColumnWithinTheWholeString() {
    assertThat(
            check(
                    """
                    on_http_request:
                      - actions:
                          - type: custom-response
                            config: {body: "ä line\\nand ${req.host} or ${req.host + }"}
                    """)
                .errors())
        .extracting(Finding::toString)
        .contains(
            "on_http_request[0].actions[0].config.body: line 2, column 33: the expression ends too"
                + " early: something after it is missing");
  }

  /** A message may end in a log, an event or a condition. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: basic-auth, config: {credentials: ['user:hunter2']}}",
        "{type: basic-auth, config: {credentials: ['hunter2']}}",
        "{type: basic-auth, config: {credentials: ['user:${hunter2 +}']}}",
        "{type: basic-auth, config: {credentials: ['user:${hunter2} hunter2']}}",
        "{type: basic-auth, config: {credentials: ['user:${hunter2']}}",
        "{type: verify-webhook, config: {provider: github, secret: '${''hunter2'}}",
        "{type: verify-webhook, config: {provider: github, secret: {a: hunter2}}}",
        "{type: oauth, config: {provider: google, client_id: a, client_secret: '${hunter2 hunter2}'}}",
        "{type: oauth, config: {provider: google, client_secret: 'hunter2'}}"
      })
  void neverQuotesASecret(String action) {
    RawPolicyFindings findings =
        check(
            "on_http_request: [{expressions: ['conn.client_port > 1'], actions: [%s]}]"
                .formatted(action));

    assertThat(findings.errors().size() + findings.warnings().size()).isPositive();
    assertThat(findings.toString()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${secrets.get('clinics', 'login')}",
        "${secrets.get('clinics', 'user')}:${secrets.get(\"clinics\", \"login\")}",
        "pre-${secrets.get('clinics', 'user')}:a-literal-password"
      })
  void acceptsDocumentedFormsOfACredential(String credential) {
    Map<String, Object> tree =
        Map.of(
            "on_http_request",
            List.of(
                Map.of(
                    "actions",
                    List.of(
                        Map.of(
                            "type",
                            "basic-auth",
                            "config",
                            Map.of("credentials", List.of(credential)))))));

    Set<Grant> grants = Set.of(new Grant("clinics", "user"), new Grant("clinics", "login"));
    assertThat(RawPolicy.check(tree, EndpointKind.HTTPS, grants).errors()).isEmpty();
    assertThat(RawPolicy.check(tree, EndpointKind.HTTPS, Set.of()).errors()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://x.clinic2.internal",
        "https://X.CLINIC2.INTERNAL./a",
        "http://internal:80/",
        "https://example.com\\\\@x.clinic2.internal/",
        "https://user@x.clinic2.internal/",
        "https://example.com${'@x.clinic2.internal'}/",
        "${'https://x.clinic2.internal'}",
        "https://x.clinic2.internal?a",
        "//x.clinic2.internal"
      })
  void asksNoInternalEndpoint(String url) {
    assertThat(
            check(
                    "on_http_request: [{actions: [{type: http-request, config: {url: \"%s\"}}]}]"
                        .formatted(url))
                .errors())
        .hasSize(1);
  }

  @Test
  void acceptsFieldsOfJwtValidationAsTheTableHasThem() {
    assertThat(
            check(
                    """
                    on_http_request:
                      - actions:
                          - type: jwt-validation
                            config:
                              issuer: {allow_list: [{value: "https://id.example.com"}]}
                              http: {tokens: [{type: jwt, method: body, name: token}]}
                              jws:
                                allowed_algorithms: [ES256]
                                keys:
                                  - identification: [{token_claims: [kid]}]
                                    sources: [{additional_jkus: ["https://id.example.com/jwks"]}]
                    """)
                .errors())
        .isEmpty();
  }

  private static RawPolicyFindings check(String yaml) {
    return RawPolicy.check(RawPolicyCase.tree(yaml), EndpointKind.HTTPS, Set.of());
  }

  @Test
  void followsNoRedirectUnlessToldTo() {
    Map<String, Object> action =
        Map.of("type", "http-request", "config", Map.of("url", "https://audit.example.com"));
    Map<String, Object> tree =
        Map.of("on_http_request", List.of(Map.of("actions", List.of(action))));

    assertThat(RawPolicy.rules(tree).get(Phase.ON_HTTP_REQUEST).get(0).actions().get(0).config())
        .containsEntry("max_redirects", 0);
  }

  /** The operator writes the URL of a forward, so that a rule cannot reach another clinic. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTPS | on_http_request  | {type: forward-internal}                              | fine
          HTTPS | on_http_request  | {type: forward-internal, config: {on_error: halt}}    | fine
          TCP   | on_tcp_connect   | {type: forward-internal}                              | fine
          HTTPS | on_tcp_connect   | {type: forward-internal}                              | in on_http_request only
          HTTPS | on_http_response | {type: forward-internal}                              | in on_http_request only
          HTTPS | on_http_request  | {type: forward-internal, config: {url: "https://a.b.internal"}} | another clinic
          HTTPS | on_http_request  | {type: forward-internal, config: {on_error: continue}} | no setting but on_error
          HTTPS | on_http_request  | {type: forward-internal, config: {binding: x}}        | no setting but on_error
          """)
  void aForwardLeadsToTheServiceItself(
      EndpointKind kind, String phase, String action, String expected) {
    Map<String, Object> tree =
        RawPolicyCase.tree(
            """
            %s:
              - expressions: ["conn.client_ip == '203.0.113.7'"]
                actions: [%s]
              - actions: [{type: deny}]
            """
                .formatted(phase, action));

    RawPolicyFindings findings = RawPolicy.check(tree, kind, Set.of());

    if (expected.equals("fine")) {
      assertThat(findings.accepted()).isTrue();
      assertThat(findings.warnings()).isEmpty();
    } else {
      assertThat(findings.errors()).singleElement().asString().contains(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{add-headers: {headers: {x: \"${req.headers['Clinicnet-Internal-Lock'][0]}\"}}}",
        "{remove-headers: {headers: [clinicnet-internal-lock]}}",
        "{add-headers: {headers: {clinicnet-internal-lock: x}}}",
      })
  void theHeaderOfTheInternalLockIsNotForRules(String action) {
    String type = action.substring(1, action.indexOf(':'));
    String config = action.substring(action.indexOf(':') + 1, action.length() - 1);
    Map<String, Object> tree =
        RawPolicyCase.tree(
            "on_http_response: [{actions: [{type: " + type + ", config: " + config + "}]}]");

    assertThat(RawPolicy.check(tree, EndpointKind.HTTPS, Set.of()).errors())
        .singleElement()
        .asString()
        .contains("clinicnet-internal-lock is the header with the secret");
  }
}
