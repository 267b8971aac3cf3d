package dev.clinicnet.operator.claim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindRuleTest {

  @ParameterizedTest
  @CsvSource({
    "*, *",
    "bind:*, *",
    "bind:tcp://*, *",
    "bind:https://*:443, *",
    "bind:*.clinic1.internal, *.clinic1.internal",
    "bind:api.clinic1.internal, api.clinic1.internal",
    "bind:tcp://db.clinic1.internal:5432, db.clinic1.internal",
    "bind:db.clinic1.internal:5432, db.clinic1.internal",
    "bind:https://*.clinic1.internal:443, *.clinic1.internal",
    "bind:https://API.Example.com, api.example.com",
    "bind:https://api.example.com:443/x, api.example.com",
    "bind:1.tcp.ngrok.io:20000, 1.tcp.ngrok.io:20000",
    "bind:tcp://1.tcp.ngrok.io:20000, 1.tcp.ngrok.io:20000",
    "bind:k=v, k=v",
    "bind::, :"
  })
  void aRuleHasTheNameThatItPermits(String rule, String name) {
    assertThat(BindRule.name(rule)).isEqualTo(name);
  }

  @Test
  void otherRulesPermitNoBinding() {
    assertThat(BindRule.isBind("ssh:a")).isFalse();
    assertThat(BindRule.isBind(BindRule.of("a.internal"))).isTrue();
  }
}
