package dev.clinicnet.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFormTest {
  private static final String URL = "tcp://db.clinic1.internal:5432";
  private static final String MADE =
      PolicyBuilder.tcp(
              AccessPolicy.ofAddresses(
                  List.of("203.0.113.0/24", "198.51.100.0/24"), List.of("192.0.2.0/24")),
              Map.of(),
              new Forward(URL, "clinic1.internal"))
          .toJson();

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        on_tcp_connect:
          - name: only our offices
            actions:
              - type: restrict-ips
                config: {allow: [198.51.100.0/24, 203.0.113.0/24], deny: [192.0.2.0/24]}
          - actions:
              - {type: forward-internal, config: {url: "tcp://db.clinic1.internal:5432"}}
        """,
        """
        on_tcp_connect:
          - expressions: []
            actions:
              - type: restrict-ips
                config: {enforce: true, deny: [192.0.2.0/24], allow: [203.0.113.0/24, 198.51.100.0/24]}
              - type: forward-internal
                config: {url: "tcp://db.clinic1.internal:5432", on_error: halt}
        on_http_request: []
        """
      })
  void anotherFormHasTheSameEffect(String byHand) {
    assertThat(PolicyText.sameMeaning(byHand, MADE)).isFalse();
    assertThat(PolicyForm.sameEffect(byHand, MADE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // another order, another network, another target, a condition, a default that is changed
        "[{type: forward-internal, config: {url: U}}, {type: restrict-ips, config: C}]",
        "[{type: restrict-ips, config: {allow: [203.0.113.0/24]}}, {type: forward-internal,"
            + " config: {url: U}}]",
        "[{type: restrict-ips, config: C}, {type: forward-internal, config: {url: 'tcp://x.clinic1"
            + ".internal:5432'}}]",
        "[{type: restrict-ips, config: {enforce: false, allow: [203.0.113.0/24, 198.51.100.0/24],"
            + " deny: [192.0.2.0/24]}}, {type: forward-internal, config: {url: U}}]",
        "[{type: restrict-ips, config: C}, {type: forward-internal, config: {url: U, on_error:"
            + " continue}}]",
      })
  void everyOtherDifferenceCounts(String actions) {
    String policy =
        "{on_tcp_connect: [{actions: %s}]}"
            .formatted(
                actions
                    .replace("url: U", "url: '" + URL + "'")
                    .replace(
                        "config: C",
                        "config: {allow: [203.0.113.0/24, 198.51.100.0/24], deny: [192.0.2.0/24]}"));

    assertThat(PolicyText.read(policy)).isPresent();
    assertThat(PolicyForm.sameEffect(policy, MADE)).isFalse();
  }

  @Test
  void aRuleWithAConditionStaysOne() {
    String one =
        "{on_http_request: [{expressions: [\"a\"], actions: [{type: set-vars}, {type: deny}]}]}";
    String two =
        "{on_http_request: [{expressions: [\"a\"], actions: [{type: set-vars}]},"
            + " {expressions: [\"a\"], actions: [{type: deny}]}]}";

    assertThat(PolicyForm.sameEffect(one, one)).isTrue();
    assertThat(PolicyForm.sameEffect(one, two)).isFalse();
  }

  @Test
  void whatCannotBeReadEqualsNothing() {
    assertThat(PolicyForm.sameEffect("{", "{")).isFalse();
    assertThat(PolicyForm.sameEffect(null, MADE)).isFalse();
    assertThat(PolicyForm.sameEffect("[]", MADE)).isFalse();
  }
}
