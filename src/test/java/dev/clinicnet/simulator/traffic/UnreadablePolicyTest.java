package dev.clinicnet.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadablePolicyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{on_http_request: [ planted",
        "on_http_request: []\non_http_request: planted",
        "planted: \u0001",
        "planted: !!binary '*'\n  x",
        "\t- planted: \"",
        "planted",
        "[ planted ]",
      })
  void nothingPasses(String policy) {
    // Given
    Traffic traffic = new Traffic(policy);
    // When
    HTTPResponse response = traffic.get("/");
    Decision answered = traffic.decision();
    Connected connected = traffic.connect();
    // Then
    assertThat(response.status()).isEqualTo(500);
    assertThat(Traffic.body(response))
        .startsWith("ERR_NGROK_2253: the policy: ")
        .doesNotContain("planted");
    assertThat(connected.fate()).isEqualTo(Connected.Fate.REFUSED);
    assertThat(traffic.passed).isEmpty();
    assertThat(traffic.handshakes).isEmpty();
    assertThat(traffic.decision()).isEqualTo(answered);
    assertThat(answered.endpoint()).isEqualTo("https://api.example.com");
    assertThat(answered.note())
        .startsWith("ERR_NGROK_2253: the policy: ")
        .doesNotContain("planted");
  }

  @Test
  void anAliasIsNotGuessed() {
    Traffic traffic =
        new Traffic(
            """
            planted: &planted [ "false" ]
            on_http_request: [ { expressions: *planted, actions: [ { type: deny } ] } ]
            """);
    assertThatThrownBy(() -> traffic.get("/"))
        .isInstanceOf(Unmodelled.class)
        .hasMessageContaining("an alias")
        .hasMessageNotContaining("planted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "null", "# nothing"})
  void aPolicyWithoutRulesLetsPass(String policy) {
    Traffic traffic = new Traffic(policy);
    assertThat(traffic.connect().fate()).isEqualTo(Connected.Fate.GOES_ON);
    assertThat(traffic.get("/").status()).isEqualTo(200);
  }
}
