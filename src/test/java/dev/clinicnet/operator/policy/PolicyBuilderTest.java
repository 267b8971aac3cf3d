package dev.clinicnet.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyBuilderTest {

  private static final String API = "https://rest-api.clinic1.internal";
  private static final String DB = "tcp://patient-db.clinic1.internal:5432";

  @Test
  void restrictsAddressesThenDeniesThenForwardsThenDeniesTheRest() {
    TrafficPolicy policy =
        PolicyBuilder.https(
            AccessPolicy.ofAddresses(List.of("203.0.113.0/24"), List.of()),
            List.of("/api"),
            Map.of(),
            Forwards.to(API));

    assertThat(policy.toJson())
        .isEqualTo(
            """
            {"on_tcp_connect":[{"name":"restrict addresses","actions":[\
            {"type":"restrict-ips","config":{"allow":["203.0.113.0/24"],"enforce":true}}]}],\
            "on_http_request":[\
            {"name":"deny ambiguous paths","expressions":[\
            "req.url.raw_path.matches('(?i)^//|\\\\\\\\.\\\\\\\\.|\\\\\\\\\\\\\\\\|%(25)*(2e|2f|5c)')"],\
            "actions":[{"type":"deny","config":{"status_code":403}}]},\
            {"name":"deny paths not listed","expressions":[\
            "!(req.url.path == '/api' || req.url.path.startsWith('/api/'))"],\
            "actions":[{"type":"deny","config":{"status_code":403}}]},\
            {"name":"forward what is allowed","expressions":[\
            "req.url.path == '/api' || req.url.path.startsWith('/api/')"],\
            "actions":[{"type":"forward-internal","config":{"url":"https://rest-api.clinic1.internal"}}]},\
            {"name":"deny everything else","actions":[{"type":"deny","config":{"status_code":403}}]}]}""");
  }

  @Test
  void forwardsEverythingWithoutPaths() {
    assertThat(
            PolicyBuilder.https(
                    AccessPolicy.ofAddresses(List.of(), List.of()),
                    List.of(),
                    Map.of(),
                    Forwards.to(API))
                .toJson())
        .isEqualTo(
            """
            {"on_http_request":[{"name":"forward","actions":[\
            {"type":"forward-internal","config":{"url":"https://rest-api.clinic1.internal"}}]}]}""");
    assertThat(
            PolicyBuilder.https(
                AccessPolicy.ofAddresses(List.of(), List.of()),
                List.of("/api", "/"),
                Map.of(),
                Forwards.to(API)))
        .isEqualTo(
            PolicyBuilder.https(
                AccessPolicy.ofAddresses(List.of(), List.of()),
                List.of(),
                Map.of(),
                Forwards.to(API)));
  }

  /** The secret comes after every check, and only with the forward. */
  @Test
  void sendsTheSecretOfTheLockDirectlyBeforeTheForward() {
    Forward locked = new Forward(API, "clinic1.internal", "${secrets.get('v', 's')}");
    Rule byHand = Rule.always("by hand", new Action("add-headers", Map.of("headers", Map.of())));
    String unlocking =
        """
        {"type":"remove-headers","config":{"headers":["clinicnet-internal-lock"]}},\
        {"type":"add-headers","config":{"headers":{"clinicnet-internal-lock":"${secrets.get('v', 's')}"}}},\
        {"type":"forward-internal","config":{"url":"https://rest-api.clinic1.internal"}}]}""";

    assertThat(
            PolicyBuilder.https(
                    AccessPolicy.ofAddresses(List.of("203.0.113.0/24"), List.of()),
                    List.of("/api"),
                    Map.of(Phase.ON_HTTP_REQUEST, List.of(byHand)),
                    locked)
                .toJson())
        .containsSubsequence(
            "restrict-ips",
            "deny paths not listed",
            "by hand",
            "forward what is allowed",
            unlocking,
            "deny everything else");
  }

  @Test
  void sendsTheSecretAlsoBeforeAForwardThatIsWrittenByHand() {
    Rule byHand =
        new Rule(
            "by hand",
            List.of("req.method == 'GET'"),
            List.of(
                new Action("log", Map.of("metadata", Map.of())),
                new Action("forward-internal", Map.of())));

    assertThat(
            PolicyBuilder.https(
                    AccessPolicy.ofAddresses(List.of(), List.of()),
                    List.of(),
                    Map.of(Phase.ON_HTTP_REQUEST, List.of(byHand)),
                    new Forward(API, "clinic1.internal", "value"))
                .toJson())
        .containsSubsequence("\"log\"", "remove-headers", "add-headers", "forward-internal");
  }

  @Test
  void theAgentsEndpointDemandsTheSecretAndTakesItOff() {
    assertThat(PolicyBuilder.behindLock(List.of("aa", "bb")).toJson())
        .isEqualTo(
            """
            {"on_http_request":[{"name":"deny what did not pass the public endpoint",\
            "expressions":["!('clinicnet-internal-lock' in req.headers && \
            req.headers['clinicnet-internal-lock'].exists(value, hash.sha256(value) in ['aa', 'bb']))"],\
            "actions":[{"type":"deny","config":{"status_code":403}}]},\
            {"name":"take the secret off","actions":[\
            {"type":"remove-headers","config":{"headers":["clinicnet-internal-lock"]}}]}]}""");
  }

  @Test
  void forwardsTlsToTlsOnly() {
    String tls = "tls://patient-db.clinic1.internal";

    assertThat(
            PolicyBuilder.tls(
                    AccessPolicy.ofAddresses(List.of(), List.of("192.0.2.0/24")),
                    Map.of(),
                    Forwards.to(tls))
                .toJson())
        .startsWith("{\"on_tcp_connect\":[{\"name\":\"restrict addresses\"")
        .endsWith("\"config\":{\"url\":\"" + tls + "\"}}]}]}");
    assertThatThrownBy(
            () ->
                PolicyBuilder.tls(
                    AccessPolicy.ofAddresses(List.of(), List.of()), Map.of(), Forwards.to(DB)))
        .hasMessageContaining("needs scheme tls");
  }

  @Test
  void restrictsTheDatabasesAddressesBeforeTheForward() {
    assertThat(
            PolicyBuilder.tcp(
                    AccessPolicy.ofAddresses(List.of("203.0.113.0/24"), List.of("192.0.2.0/24")),
                    Map.of(),
                    Forwards.to(DB))
                .toJson())
        .isEqualTo(
            """
            {"on_tcp_connect":[{"name":"restrict addresses","actions":[{"type":"restrict-ips",\
            "config":{"allow":["203.0.113.0/24"],"deny":["192.0.2.0/24"],"enforce":true}}]},\
            {"name":"forward","actions":[{"type":"forward-internal",\
            "config":{"url":"tcp://patient-db.clinic1.internal:5432"}}]}]}""");
  }

  @Test
  void admitsEverybodyElseWhenOnlyDenying() {
    TrafficPolicy policy =
        PolicyBuilder.tcp(
            AccessPolicy.ofAddresses(List.of(), List.of("192.0.2.0/24")),
            Map.of(),
            Forwards.to(DB));
    assertThat(policy.rules(Phase.ON_TCP_CONNECT).get(0).actions().get(0).config())
        .isEqualTo(
            Map.of(
                "enforce",
                true,
                "allow",
                List.of("0.0.0.0/0", "::/0"),
                "deny",
                List.of("192.0.2.0/24")));
  }

  static Stream<TrafficPolicy> cloudPolicies() {
    List<TrafficPolicy> policies = new ArrayList<>();
    for (List<String> allow : List.of(List.<String>of(), List.of("203.0.113.0/24"))) {
      for (List<String> deny : List.of(List.<String>of(), List.of("192.0.2.0/24"))) {
        policies.add(
            PolicyBuilder.tcp(AccessPolicy.ofAddresses(allow, deny), Map.of(), Forwards.to(DB)));
        for (List<String> paths :
            List.of(List.<String>of(), List.of("/"), List.of("/api"), List.of("/api/v1", "/h'c"))) {
          policies.add(
              PolicyBuilder.https(
                  AccessPolicy.ofAddresses(allow, deny), paths, Map.of(), Forwards.to(API)));
        }
      }
    }
    return policies.stream();
  }

  @ParameterizedTest
  @MethodSource("cloudPolicies")
  void everyCloudPolicyEndsOnceAndItsExpressionsAreBooleans(TrafficPolicy policy) {
    assertThat(PolicyProbe.structuralFault(policy)).isEmpty();
    policy.phases().values().stream()
        .flatMap(List::stream)
        .flatMap(rule -> rule.expressions().stream())
        .forEach(expression -> CelProbe.holds(expression, "/x", "/x"));
  }

  @Test
  void theStructuralCheckSeesFaults() {
    Rule open = Rule.when("maybe", "true", new Action("deny", Map.of()));
    Rule end = Rule.always("end", new Action("deny", Map.of()));
    PolicyBuilder neverEnds = PolicyBuilder.forHttps().add(Stage.FORWARD, open);
    PolicyBuilder endsTwice =
        PolicyBuilder.forHttps().add(Stage.FORWARD, end).add(Stage.FINAL_DENIAL, open);
    Action lenient = new Action("forward-internal", Map.of("url", API, "on_error", "continue"));

    assertThat(PolicyProbe.structuralFault(neverEnds.build())).startsWith("2235");
    assertThat(PolicyProbe.structuralFault(endsTwice.build())).startsWith("2207");
    assertThat(
            PolicyProbe.structuralFault(
                PolicyBuilder.forHttps().add(Stage.FORWARD, Rule.always("f", lenient)).build()))
        .startsWith("2235");
  }

  @Test
  void stagesRunInTheirOrderWhateverTheOrderOfAdding() {
    List<Stage> backwards = new ArrayList<>(List.of(Stage.values()));
    Collections.reverse(backwards);
    assertThat(oneRulePerStage(PolicyBuilder.forHttps(), backwards).build())
        .isEqualTo(oneRulePerStage(PolicyBuilder.forHttps(), List.of(Stage.values())).build());
    assertThat(
            oneRulePerStage(PolicyBuilder.forTcp(), backwards).build().rules(Phase.ON_TCP_CONNECT))
        .extracting(Rule::name)
        .containsExactly(Stream.of(Stage.values()).map(Stage::name).toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void swappingNeighbouringStagesChangesThePolicy(boolean https) {
    List<Stage> order = List.of(Stage.values());
    for (int i = 0; i + 1 < order.size(); i++) {
      PolicyBuilder builder =
          oneRulePerStage(https ? PolicyBuilder.forHttps() : PolicyBuilder.forTcp(), order);
      List<Stage> swapped = new ArrayList<>(order);
      Collections.swap(swapped, i, i + 1);
      boolean phasesKeepThemApart = https && order.get(i).onHttps() != order.get(i + 1).onHttps();

      assertThat(builder.build(swapped).equals(builder.build()))
          .as("%s before %s", order.get(i + 1), order.get(i))
          .isEqualTo(phasesKeepThemApart);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com",
        "https://internal",
        "tcp://db.clinic1.internal:5432",
        "https://${req.host}.internal",
        "rest-api.clinic1.internal",
        "https://a b.internal",
        ""
      })
  void refusesToForwardAnywhereButToAnInternalEndpointOfTheSameKind(String url) {
    assertThatThrownBy(
            () ->
                PolicyBuilder.https(
                    AccessPolicy.ofAddresses(List.of(), List.of()),
                    List.of(),
                    Map.of(),
                    Forwards.to(url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"" + url + "\"");
  }

  @Test
  void equalInputGivesEqualTextAndAnyChangeAnotherHash() {
    TrafficPolicy policy =
        PolicyBuilder.https(
            AccessPolicy.ofAddresses(List.of(), List.of()),
            List.of("/api"),
            Map.of(),
            Forwards.to(API));
    assertThat(policy.hash())
        .matches("[0-9a-f]{16}")
        .isEqualTo(
            PolicyBuilder.https(
                    AccessPolicy.ofAddresses(List.of(), List.of()),
                    List.of("/api/"),
                    Map.of(),
                    Forwards.to(API))
                .hash())
        .isNotEqualTo(
            PolicyBuilder.https(
                    AccessPolicy.ofAddresses(List.of(), List.of()),
                    List.of("/ap"),
                    Map.of(),
                    Forwards.to(API))
                .hash());
  }

  @Test
  void warnsOfAnAllowListWithoutIPv6() {
    List<String> v4 = List.of("203.0.113.0/24");
    assertThat(AddressRestriction.of(v4, List.of(), List.of()).warnings()).hasSize(1);
    assertThat(AddressRestriction.of(List.of(), v4, List.of()).warnings()).isEmpty();
    assertThat(
            AddressRestriction.of(List.of("203.0.113.0/24", "2001:db8::/32"), v4, List.of())
                .warnings())
        .isEmpty();
    assertThatThrownBy(() -> AddressRestriction.of(v4, List.of("192.0.2.1/24"), List.of()))
        .hasMessageStartingWith("denyCIDRs[0]: \"192.0.2.1/24\"");
  }

  private static PolicyBuilder oneRulePerStage(PolicyBuilder builder, List<Stage> order) {
    order.forEach(
        stage -> builder.add(stage, Rule.always(stage.name(), new Action("log", Map.of()))));
    return builder;
  }

  /** A policy that people wrote is kept word for word, wherever its forward stands. */
  @Test
  void rulesByHandMaySayWhereTheForwardStands() {
    Forward forward = new Forward("https://rest-api.clinic1.internal", "clinic1.internal");
    Rule api =
        new Rule(
            "api",
            List.of("req.url.path.startsWith('/api')"),
            List.of(new Action("forward-internal", Map.of("on_error", "halt"))));
    Rule rest =
        new Rule(
            null, List.of(), List.of(new Action("custom-response", Map.of("status_code", 404))));
    Map<Phase, List<Rule>> both = Map.of(Phase.ON_HTTP_REQUEST, List.of(api, rest));

    assertThat(PolicyBuilder.https(AccessPolicy.ANYBODY, List.of(), both, forward).toJson())
        .isEqualTo(
            """
            {"on_http_request":[{"name":"api","expressions":["req.url.path.startsWith('/api')"],\
            "actions":[{"type":"forward-internal","config":{"on_error":"halt",\
            "url":"https://rest-api.clinic1.internal"}}]},{"actions":[{"type":"custom-response",\
            "config":{"status_code":404}}]}]}""");
    assertThat(
            PolicyBuilder.https(
                    AccessPolicy.ANYBODY,
                    List.of(),
                    Map.of(Phase.ON_HTTP_REQUEST, List.of(api)),
                    forward)
                .rules(Phase.ON_HTTP_REQUEST))
        .as("nobody is left over")
        .extracting(Rule::name)
        .containsExactly("api", "deny everything else");
    assertThatThrownBy(
            () -> PolicyBuilder.https(AccessPolicy.ANYBODY, List.of("/api"), both, forward))
        .hasMessageContaining("cannot stand beside paths");
    Rule elsewhere =
        new Rule(
            null,
            List.of(),
            List.of(new Action("forward-internal", Map.of("url", "https://a.clinic2.internal"))));
    assertThatThrownBy(
            () ->
                PolicyBuilder.https(
                    AccessPolicy.ANYBODY,
                    List.of(),
                    Map.of(Phase.ON_HTTP_REQUEST, List.of(elsewhere)),
                    forward))
        .hasMessageContaining("may not choose");
  }
}
