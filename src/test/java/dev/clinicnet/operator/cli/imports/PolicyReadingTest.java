package dev.clinicnet.operator.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyReadingTest {
  private static final String URL = "https://web.example.com";
  private static final String END =
      "{actions: [{type: forward-internal, config: {url: 'https://web.one.internal:443'}}]}";

  @Test
  void addressesAndPathsAreFieldsWhereTheOperatorWouldMakeTheSame() {
    PolicyReading reading =
        read(
            "{on_tcp_connect: [{actions: [{type: restrict-ips, config: {allow: ['0.0.0.0/0', '::/0'],"
                + " deny: ['192.0.2.0/24']}}]}], on_http_request: ["
                + END
                + "]}");

    assertThat(reading.allow())
        .as("the operator writes both where only networks are denied")
        .isEmpty();
    assertThat(reading.deny()).containsExactly("192.0.2.0/24");
    assertThat(reading.rules()).isEmpty();
  }

  /** A network that the schema refuses stays in the rules. */
  @Test
  void addressesThatAFieldCannotHoldStayRules() {
    PolicyReading reading =
        read(
            "{on_tcp_connect: [{actions: [{type: restrict-ips, config: {enforce: false, allow:"
                + " ['203.0.113.0/24']}}]}], on_http_request: ["
                + END
                + "]}");

    assertThat(reading.allow()).isEmpty();
    assertThat(reading.rules()).containsOnlyKeys("on_tcp_connect");
  }

  @Test
  void otherRulesStayAsTheyAreAndTheForwardFollows() {
    PolicyReading reading =
        read(
            "{on_http_request: [{name: get, expressions: [\"req.method != 'GET'\"], actions: [{type:"
                + " deny}]}, "
                + END
                + "]}");

    assertThat(reading.rules().get("on_http_request").toString())
        .contains("req.method != 'GET'", "get")
        .doesNotContain("forward-internal");
    assertThat(reading.target()).isEqualTo("https://web.one.internal:443");
  }

  @Test
  void aForwardInTheMiddleStaysWithoutItsURL() {
    PolicyReading reading =
        read(
            "{on_http_request: [{expressions: [\"req.method == 'GET'\"], actions: [{type:"
                + " forward-internal, config: {url: 'https://web.one.internal', on_error: halt}}]},"
                + " {actions: [{type: deny}]}]}");

    assertThat(reading.rules().get("on_http_request").toString())
        .contains("forward-internal", "on_error=halt")
        .doesNotContain("url");
  }

  @Test
  void anUnreadablePolicyIsNone() {
    for (String text : new String[] {null, "", "[]", "{", "&a [*a]"}) {
      assertThat(PolicyReading.of(URL, text).reason()).contains("cannot be read");
    }
  }

  @Test
  void namesAreLabels() {
    assertThat(List.of("North / Hill", "ÄÖ", "a--b", "-x-", "北京"))
        .extracting(text -> ImportedNames.label(text, ImportedNames.CLINIC))
        .satisfiesExactly(
            name -> assertThat(name).isEqualTo("north-hill"),
            name -> assertThat(name).startsWith("x-"),
            name -> assertThat(name).isEqualTo("a-b"),
            name -> assertThat(name).isEqualTo("x"),
            name -> assertThat(name).matches("x-[0-9a-f]{6}"));
    assertThat(ImportedNames.label("a".repeat(80), 40)).hasSize(40).matches("a+-[0-9a-f]{6}");
  }

  private static PolicyReading read(String policy) {
    PolicyReading.Result result = PolicyReading.of(URL, policy);
    assertThat(result.reason()).isNull();
    return result.reading();
  }
}
