package dev.clinicnet.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.simulator.SimulatorVerdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A policy that ends by itself; that it does is tried in SessionIT and SessionConnectionIT. */
class ExpiryTest {
  private static final Instant END = Instant.parse("2026-03-01T01:00:00Z");
  private static final String AFTER = "timestamp(time.now) >= timestamp('2026-03-01T01:00:00Z')";
  private static final String BEFORE = "timestamp(time.now) < timestamp('2026-03-01T01:00:00Z')";
  private static final AccessPolicy ADDRESSES =
      AccessPolicy.ofAddresses(List.of("203.0.113.0/24"), List.of());

  @Test
  void anHTTPSPolicyDeniesFirstAndForwardsOnlyBefore() {
    TrafficPolicy policy =
        Expiry.of(
            PolicyBuilder.https(
                ADDRESSES, List.of(), Map.of(), Forwards.to("https://web.c.internal")),
            END);

    assertThat(policy.rules(Phase.ON_TCP_CONNECT)).hasSize(1);
    List<Rule> rules = policy.rules(Phase.ON_HTTP_REQUEST);
    assertThat(rules.get(0).expressions()).containsExactly(AFTER);
    assertThat(rules.get(0).actions().get(0).type()).isEqualTo("deny");
    assertThat(rules.get(1).expressions()).containsExactly(BEFORE);
    assertThat(rules.get(1).actions().get(0).type()).isEqualTo("forward-internal");
    assertThat(rules.get(2)).isEqualTo(new Rule("deny everything else", List.of(), denials(rules)));
    assertAccepted(policy, "https://web.example.com");
  }

  @Test
  void whatElseTheForwardDependsOnStaysAndThereIsOneFinalDenial() {
    TrafficPolicy policy =
        Expiry.of(
            PolicyBuilder.https(
                ADDRESSES, List.of("/api"), Map.of(), Forwards.to("https://web.c.internal")),
            END);

    List<Rule> rules = policy.rules(Phase.ON_HTTP_REQUEST);
    Rule forward =
        rules.stream().filter(r -> r.name().equals("forward what is allowed")).findFirst().get();
    assertThat(forward.expressions()).hasSize(2).contains(BEFORE);
    assertThat(rules).filteredOn(rule -> rule.expressions().isEmpty()).hasSize(1);
    assertAccepted(policy, "https://web.example.com");
  }

  @Test
  void aTCPPolicyHasItsEndAmongTheRulesOnConnect() {
    TrafficPolicy policy =
        Expiry.of(
            PolicyBuilder.tcp(ADDRESSES, Map.of(), Forwards.to("tcp://db.c.internal:5432")), END);

    List<Rule> rules = policy.rules(Phase.ON_TCP_CONNECT);
    assertThat(rules.get(0).expressions()).containsExactly(AFTER);
    assertThat(rules.get(0).actions().get(0).config()).isEmpty();
    assertThat(rules.get(1).actions().get(0).type()).isEqualTo("restrict-ips");
    assertThat(rules.get(2).expressions()).containsExactly(BEFORE);
    assertThat(rules).hasSize(4);
    assertAccepted(policy, "tcp://1.tcp.ngrok.io:20000");
  }

  @Test
  void theEndIsReadBackHoweverThePlatformPrintsThePolicy() {
    TrafficPolicy open =
        PolicyBuilder.tcp(ADDRESSES, Map.of(), Forwards.to("tcp://db.c.internal:5432"));
    Instant precise = Instant.parse("2026-03-01T01:00:00.123456Z");

    assertThat(Expiry.endOf(Expiry.of(open, END).toJson())).contains(END);
    assertThat(Expiry.endOf(Expiry.of(open, precise).toJson())).contains(precise);
    assertThat(Expiry.endOf(AFTER.replace("'", "\\\""))).contains(END);
    assertThat(Expiry.endOf(open.toJson())).isEmpty();
    assertThat(Expiry.endOf(BEFORE)).isEmpty();
    assertThat(Expiry.endOf(AFTER.replace("2026", "2026-2026"))).isEmpty();
    assertThat(Expiry.endOf(null)).isEmpty();
  }

  private static List<Action> denials(List<Rule> rules) {
    return rules.get(0).actions();
  }

  private static void assertAccepted(TrafficPolicy policy, String url) {
    assertThat(PolicyProbe.structuralFault(policy)).isEmpty();
    assertThat(SimulatorVerdict.refusal(policy.toJson(), url)).isEmpty();
  }
}
