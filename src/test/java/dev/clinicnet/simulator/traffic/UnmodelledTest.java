package dev.clinicnet.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnmodelledTest {

  private static Traffic expression(String expression) {
    return new Traffic(
        "{on_http_request: [{expressions: [\"" + expression + "\"], actions: [{type: deny}]}]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "circuit-breaker",
        "verify-webhook",
        "http-request",
        "compress-response",
        "owasp-crs-request",
        "owasp-crs-response",
        "request-body-find-replace",
        "response-body-find-replace",
        "sse-find-replace",
        "saml",
        "ai-gateway",
        "unheard-of",
      })
  void actionsAreNamed(String type) {
    Traffic traffic =
        new Traffic("{on_http_request: [{name: my rule, actions: [{type: " + type + "}]}]}");
    assertThatThrownBy(() -> traffic.get("/"))
        .isInstanceOf(Unmodelled.class)
        .hasMessageContaining("\"" + type + "\"")
        .hasMessageContaining("\"my rule\"");
  }

  @Test
  void messagesOfAnEventStreamAreNamed() {
    Traffic traffic = new Traffic("{on_event_stream_message: []}");
    assertThatThrownBy(() -> traffic.get("/"))
        .isInstanceOf(Unmodelled.class)
        .hasMessageContaining("on_event_stream_message");
  }

  static Set<String> variables() {
    return UnmodelledVariables.all().keySet();
  }

  @ParameterizedTest
  @MethodSource("variables")
  void variablesAreNamedWhenTheyAreRead(String name) {
    assertThatThrownBy(() -> expression(name + " == 'x'").get("/"))
        .isInstanceOf(Unmodelled.class)
        .hasMessageContaining("\"" + name + "\"");
    assertThatThrownBy(() -> expression(name + " == 'x' || true").get("/"))
        .isInstanceOf(Unmodelled.class);
    assertThat(expression("false && " + name + " == 'x'").get("/").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hash.xxhash64('a') == ''",
        "'a'.crc64() == ''",
        "url.parse('a') == ''",
        "'a'.parseUrl() == ''",
        "json.encode([1]) == ''",
        "queryString.decode('a') == ''",
        "rand.int(1, 2) == 1",
        "'%s'.format(['a']) == ''",
        "hasResCookie('a')",
        "hasReqHeader('x-not-canonical')",
      })
  void macrosAreNotGuessed(String expression) {
    assertThatThrownBy(() -> expression(expression).get("/")).isInstanceOf(Unmodelled.class);
  }

  @Test
  void aRuleThatDoesNotApplyNeedsNothing() {
    Traffic traffic =
        new Traffic(
            "{on_http_request: [{expressions: ['false'], actions: [{type: circuit-breaker}]}]}");
    assertThat(traffic.get("/").status()).isEqualTo(200);
  }
}
