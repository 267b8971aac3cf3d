package dev.clinicnet.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.simulator.SimulatorVerdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a refused manifest closes, in front of the policy of an earlier one. */
class TighteningTest {
  private static final String WEB = "https://web.example.com";
  private static final String DB = "tcp://1.tcp.ngrok.io:20000";
  private static final String OFFICE = "203.0.113.0/24";
  private static final String HOME = "198.51.100.0/24";
  private static final String ALL = "0.0.0.0/0";
  private static final String NEW = "generation 4, refused: ";
  private static final Instant END = Instant.parse("2026-03-01T01:00:00Z");

  @Test
  void whatIsBehindIsFoundUnlessARuleInFrontLetsSomebodyIn() {
    String policy = "{\"on_http_request\":[" + rule("mine", "forward-internal") + "]}";
    String second = rule("generation 2, refused: deny paths", "deny");
    String third = rule("generation 3, refused: restrict addresses", "restrict-ips");
    String opening = rule("generation 2, refused: x", "forward-internal");

    assertThat(Tightening.behind(policy)).isEmpty();
    assertThat(Tightening.behind(null)).isEmpty();
    assertThat(Tightening.behind("not a policy")).isEmpty();
    assertThat(Tightening.behind(inFront(policy, second))).containsExactly(policy);
    assertThat(
            Tightening.behind(
                "{\"on_tcp_connect\":[" + third + "]," + inFront(policy, second).substring(1)))
        .containsExactlyInAnyOrder(policy, inFront(policy, second));
    assertThat(Tightening.behind(inFront(policy, opening))).isEmpty();
    assertThat(
            Tightening.behind("{\"on_http_request\":[" + rule("x", "deny") + "," + second + "]}"))
        .as("not in front")
        .isEmpty();
  }

  private static String rule(String name, String action) {
    return "{\"name\":\"" + name + "\",\"actions\":[{\"type\":\"" + action + "\"}]}";
  }

  private static String inFront(String policy, String rule) {
    return policy.replace("[{\"name\":\"mine\"", "[" + rule + ",{\"name\":\"mine\"");
  }

  @Test
  void aNarrowerAllowListIsPutInFrontOfThePolicyAndLeavesTheRest() {
    String before = web(List.of(OFFICE, HOME));

    String after = over(WEB, before, allow(OFFICE)).orElseThrow();

    assertThat(names(after)).startsWith(NEW + "restrict addresses", "restrict addresses");
    assertThat(rules(after).subList(1, rules(after).size())).isEqualTo(rules(before));
    assertThat(rules(after).get(0).toString())
        .contains("\"allow\":[\"203.0.113.0/24\"]")
        .doesNotContain(HOME, "expressions");
    assertThat(SimulatorVerdict.refusal(after, WEB)).isEmpty();
    assertThat(Tightening.isIn(after)).isTrue();
    assertThat(Tightening.isIn(before)).isFalse();
    assertThat(over(WEB, after, allow(OFFICE))).as("once").isEmpty();
  }

  @Test
  void whatDoesNotCloseIsNotWritten() {
    String office = web(List.of(OFFICE));

    assertThat(over(WEB, office, allow(OFFICE))).isEmpty();
    assertThat(over(WEB, office, allow(OFFICE, HOME))).isEmpty();
    assertThat(over(WEB, office, allow(ALL))).isEmpty();
    assertThat(over(WEB, office, allow())).isEmpty();
    assertThat(over(WEB, web(List.of()), allow())).isEmpty();
    assertThat(over(WEB, web(List.of(OFFICE), "/api"), paths("/api", "/new"))).isEmpty();
    assertThat(over(WEB, web(List.of(OFFICE), "/api/v1"), paths("/api"))).isEmpty();
    assertThat(over(WEB, web(List.of(OFFICE), "/api"), paths())).isEmpty();
  }

  @Test
  void aListWhereThereWasNoneAndADenialClose() {
    assertThat(over(DB, tcp(List.of(), List.of()), allow(OFFICE))).isPresent();
    assertThat(over(DB, tcp(List.of(OFFICE), List.of()), allow(HOME))).isPresent();
    String denied = over(DB, tcp(List.of(OFFICE), List.of()), deny("203.0.113.7/32")).orElseThrow();
    assertThat(rules(denied).get(0).toString())
        .contains("\"allow\":[\"0.0.0.0/0\",\"::/0\"]", "\"deny\":[\"203.0.113.7/32\"]");
    assertThat(SimulatorVerdict.refusal(denied, DB)).isEmpty();
    assertThat(over(DB, tcp(List.of(OFFICE), List.of("203.0.113.0/25")), deny("203.0.113.7/32")))
        .as("denied already")
        .isEmpty();
  }

  @Test
  void whatWasClosedStaysClosedWhenARefusedManifestOpensAgain() {
    String narrowed = over(WEB, web(List.of(OFFICE, HOME)), allow(OFFICE)).orElseThrow();

    assertThat(over(WEB, narrowed, allow(OFFICE, HOME))).isEmpty();
    String none = over(WEB, narrowed, allow(HOME)).orElseThrow();
    assertThat(over(WEB, none, allow(OFFICE))).as("nobody is let in by both").isEmpty();
  }

  @Test
  void fewerPathsCloseOnAnHTTPSEndpointOnly() {
    String after = over(WEB, web(List.of(), "/api", "/admin"), paths("/api")).orElseThrow();

    assertThat(names(after))
        .startsWith(NEW + "deny ambiguous paths", NEW + "deny paths not listed");
    assertThat(SimulatorVerdict.refusal(after, WEB)).isEmpty();
    assertThat(over(WEB, after, paths("/api"))).isEmpty();
    assertThat(over(WEB, web(List.of()), paths("/o'neil")))
        .hasValueSatisfying(
            policy -> assertThat(over(WEB, policy, paths("/o'neil"))).as("quoted").isEmpty());
    assertThat(over(DB, tcp(List.of(), List.of()), paths("/api"))).isEmpty();
  }

  @Test
  void whatCannotBeReadClosesNothing() {
    String office = web(List.of(OFFICE, HOME));

    assertThat(over(WEB, office, allow("203.0.113.7/24"))).isEmpty();
    assertThat(over(WEB, office, allow(OFFICE, "nonsense")))
        .as("half of an allow list would cut off the other half")
        .isEmpty();
    assertThat(over(WEB, office, paths("/a b"))).isEmpty();
    Tightening half =
        Tightening.of(
            4, List.of("nonsense"), List.of("x", HOME), List.of(), List.of(), Optional.empty());
    assertThat(rules(over(WEB, office, half).orElseThrow()).get(0).toString())
        .contains("\"deny\":[\"198.51.100.0/24\"]");
    assertThat(over(WEB, null, allow(OFFICE))).isEmpty();
    assertThat(over(WEB, "{", allow(OFFICE))).isEmpty();
    assertThat(over(WEB, "[]", allow(OFFICE))).isEmpty();
  }

  @Test
  void anIPPolicyClosesOnlyIfItIsInForceAlready() {
    String plain = web(List.of(OFFICE, HOME));
    String named = over(WEB, plain, policies(List.of(), List.of("ipp_1"), List.of())).orElse(plain);

    assertThat(named).as("nobody knows what it says, or whose it is").isEqualTo(plain);
    String inForce =
        PolicyBuilder.tcp(
                access(
                    new AddressRestriction(
                        List.of(Cidr.parse(OFFICE)), List.of(), List.of("ipp_1"))),
                Map.of(),
                Forwards.to("tcp://db.c.internal:5432"))
            .toJson();
    assertThat(rules(over(DB, inForce, policies(List.of(), List.of("ipp_1"), List.of())).get()))
        .first()
        .satisfies(
            rule ->
                assertThat(rule.toString())
                    .contains("\"ip_policies\":[\"ipp_1\"]")
                    .doesNotContain("allow"));
    assertThat(over(DB, inForce, policies(List.of(OFFICE, HOME), List.of("ipp_1"), List.of())))
        .isEmpty();
    assertThat(over(DB, inForce, allow(OFFICE))).isPresent();
    assertThat(rules(over(DB, inForce, policies(List.of(), List.of("ipp_2"), List.of(HOME))).get()))
        .first()
        .satisfies(
            rule -> assertThat(rule.toString()).contains("deny", HOME).doesNotContain("ipp_2"));
  }

  @Test
  void anEndIsPutInFrontWhereAccessWouldEndLater() {
    Tightening ends =
        Tightening.of(4, List.of(), List.of(), List.of(), List.of(), Optional.of(END));
    for (String url : List.of(WEB, DB)) {
      String open = url.equals(WEB) ? web(List.of()) : tcp(List.of(), List.of());
      String after = over(url, open, ends).orElseThrow();

      assertThat(Expiry.endOf(after)).contains(END);
      assertThat(ends.endsBefore(open)).isTrue();
      assertThat(ends.endsBefore(after)).isFalse();
      assertThat(over(url, after, ends)).isEmpty();
      assertThat(SimulatorVerdict.refusal(after, url)).isEmpty();
    }
  }

  @Test
  void aRuleThatThePlatformWritesInItsOwnWayIsNotSentAgain() {
    String echo =
        over(WEB, web(List.of(OFFICE, HOME)), allow(OFFICE))
            .orElseThrow()
            .replace("\"allow\":[\"203.0.113.0/24\"]", "\"allow\":[{\"cidr\":\"203.0.113.0/24\"}]");

    assertThat(allow(OFFICE).over(WEB, echo, true)).isEmpty();
    assertThat(allow(OFFICE).over(WEB, echo, false)).as("somebody wrote it").isPresent();
  }

  @Test
  void restrictionsThatDoNotHoldForAllAreNotCounted() {
    String policy =
        """
        {"on_tcp_connect": [
          {"expressions": ["conn.client_ip == '192.0.2.1'"],
           "actions": [{"type": "restrict-ips", "config": {"allow": ["203.0.113.0/24"]}}]},
          {"actions": [{"type": "restrict-ips",
                        "config": {"enforce": false, "allow": ["203.0.113.0/24"]}}]}],
         "on_http_request": [{"actions": [{"type": "deny"}]}]}
        """;

    assertThat(over(WEB, policy, allow(OFFICE))).isPresent();
  }

  private static Optional<String> over(String url, String policy, Tightening tightening) {
    return tightening.over(url, policy, false);
  }

  private static Tightening allow(String... networks) {
    return policies(List.of(networks), List.of(), List.of());
  }

  private static Tightening deny(String... networks) {
    return policies(List.of(), List.of(), List.of(networks));
  }

  private static Tightening policies(List<String> allow, List<String> ids, List<String> deny) {
    return Tightening.of(4, allow, deny, ids, List.of(), Optional.empty());
  }

  private static Tightening paths(String... paths) {
    return Tightening.of(4, List.of(), List.of(), List.of(), List.of(paths), Optional.empty());
  }

  private static String web(List<String> allow, String... paths) {
    return PolicyBuilder.https(
            access(AddressRestriction.of(allow, List.of(), List.of())),
            List.of(paths),
            Map.of(),
            Forwards.to("https://web.c.internal"))
        .toJson();
  }

  private static String tcp(List<String> allow, List<String> deny) {
    return PolicyBuilder.tcp(
            access(AddressRestriction.of(allow, deny, List.of())),
            Map.of(),
            Forwards.to("tcp://db.c.internal:5432"))
        .toJson();
  }

  private static AccessPolicy access(AddressRestriction addresses) {
    return AccessPolicy.ANYBODY.with(addresses);
  }

  private static List<JsonNode> rules(String policy) {
    List<JsonNode> rules = new ArrayList<>();
    PolicyText.read(policy).orElseThrow().forEach(phase -> phase.forEach(rules::add));
    return rules;
  }

  private static List<String> names(String policy) {
    return rules(policy).stream().map(rule -> rule.path("name").asText()).toList();
  }
}
