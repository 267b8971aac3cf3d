package dev.clinicnet.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":1,"b":[1,2]}     | { "b": [1, 2], "a": 1 }
          {"a":1}               | a: 1
          {"a":"1"}             | a: "1"
          {"a":1}               | {"a":1.0}
          {"a":100}             | {"a":1e2}
          {"a":0.5}             | a: 0.50
          {"a":0}               | {"a":0.0}
          {"a":1e999999999}     | {"a":10e999999998}
          {"a":1e-999999999}    | {"a":10e-1000000000}
          {"a":true}            | a: true
          {"a":"x"}             | a: x
          {"a":"\\u00e9"}       | {"a":"é"}
          {"a":null}            | {"a": null}
          not: [a               | not: [a
          """)
  void sameTrees(String a, String b) {
    assertThat(PolicyText.sameMeaning(a, b)).isTrue();
    assertThat(PolicyText.sameMeaning(b, a)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":1}               | {"a":2}
          {"a":1e999999999}     | {"a":1}
          {"a":.inf}            | {"a":.nan}
          {"a":1}               | {"a":"1"}
          {"a":"true"}          | {"a":true}
          {"a":[1,2]}           | {"a":[2,1]}
          {"a":1}               | {"a":1,"b":null}
          {"a":1}               | {"a":[1]}
          {"a":{}}              | {"a":[]}
          {"a":null}            | {}
          {"a":1,"a":1}         | {"a":1}
          {"a":1} {"a":1}       | {"a":1}
          not: [a               | not:  [a
          {"a":"x","b":"x"}     | {"a": &x x, "b": *x}
          """)
  void differentTrees(String a, String b) {
    assertThat(PolicyText.sameMeaning(a, b)).isFalse();
    assertThat(PolicyText.sameMeaning(b, a)).isFalse();
  }

  @Test
  void nullMeansOnlyNull() {
    assertThat(PolicyText.sameMeaning(null, null)).isTrue();
    assertThat(PolicyText.sameMeaning(null, "{}")).isFalse();
    assertThat(PolicyText.sameMeaning("", null)).isFalse();
    assertThat(PolicyText.sameMeaning("", " ")).isFalse();
    assertThat(PolicyText.sameMeaning("{}", "")).isFalse();
  }

  @Test
  void yamlEchoOfAPolicyIsThePolicy() {
    TrafficPolicy policy =
        PolicyBuilder.tcp(
            AccessPolicy.ofAddresses(List.of("203.0.113.0/24"), List.of()),
            Map.of(),
            Forwards.to("tcp://patient-db.clinic1.internal:5432"));
    String echo =
        """
        on_tcp_connect:
          - actions:
              - type: restrict-ips
                config: {enforce: true, allow: [203.0.113.0/24]}
            name: restrict addresses
          - name: forward
            actions:
              - type: forward-internal
                config:
                  url: tcp://patient-db.clinic1.internal:5432
        """;
    assertThat(PolicyText.sameMeaning(policy.toJson(), echo)).isTrue();
    assertThat(PolicyText.sameMeaning(policy.toJson(), echo.replace("true", "false"))).isFalse();
  }
}
