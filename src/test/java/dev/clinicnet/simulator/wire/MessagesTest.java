package dev.clinicnet.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests as agents of several languages write them, and answers as the strictest demands. */
class MessagesTest {
  private static final String SECRET = "2fakefakefakefakefakefakefa_FAKEfakeFAKEfakeFAKE1";

  private static <T> T read(String json, Class<T> type) throws IOException {
    return Messages.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), type);
  }

  private static String json(Object message) {
    return new String(Messages.bytes(message), StandardCharsets.UTF_8);
  }

  @Test
  void readsALoginAndHidesItsToken() throws IOException {
    Auth auth =
        read(
            """
            {"Version": ["3", "2"], "ClientId": "c1", "Extra": {"OS": "Linux", "Authtoken": "%s",
             "Version": "3.39.7", "UserAgent": "x", "Metadata": "m", "Cookie": "%s",
             "StopUnsupportedError": "", "RestartUnsupportedError": "no", "HeartbeatInterval": 5}}
            """
                .formatted(SECRET, SECRET),
            Auth.class);

    assertThat(auth.clientId()).isEqualTo("c1");
    assertThat(auth.extra().authtoken()).isEqualTo(SECRET);
    assertThat(auth.extra().cookie()).isEqualTo(SECRET);
    assertThat(auth.extra().stopUnsupported()).isEmpty();
    assertThat(auth.extra().restartUnsupported()).isEqualTo("no");
    assertThat(auth.extra().updateUnsupported()).isNull();
    assertThat(auth.toString()).doesNotContain(SECRET);
  }

  @Test
  void namesAreReadWithoutRegardToCapitals() throws IOException {
    Bind bind =
        read(
            """
            {"id": "b", "PROTO": "https", "opts": {"url": "https://a.internal"},
             "extra": {"bindings": null, "poolingenabled": true}}
            """,
            Bind.class);

    assertThat(bind.id()).isEqualTo("b");
    assertThat(bind.url()).isEqualTo("https://a.internal");
    assertThat(bind.extra().bindings()).isEmpty();
    assertThat(bind.extra().poolingEnabled()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https | {\"URL\": \"https://a.internal\"}              | https://a.internal",
        "https | {\"URL\": \"a.internal\"}                      | https://a.internal",
        "https | {\"Domain\": \"a.internal\"}                   | https://a.internal",
        "http  | {\"Hostname\": \"a.internal\", \"URL\": null}  | http://a.internal",
        "tcp   | {\"Addr\": \"a.internal:1\", \"Domain\": \"\"} | tcp://a.internal:1",
        "tls   | {}                                             | tls://",
        "tcp   | null                                           | tcp://",
      })
  void theURLIsInOneOfSeveralMembers(String proto, String options, String url) throws IOException {
    Bind bind = read("{\"Proto\": \"%s\", \"Opts\": %s}".formatted(proto, options), Bind.class);

    assertThat(bind.url()).isEqualTo(url);
  }

  @Test
  void readsPolicyAndProxyProtocol() throws IOException {
    Bind bind =
        read(
            "{\"Proto\":\"tcp\",\"Opts\":{\"TrafficPolicy\":\"{}\",\"ProxyProto\":2}}", Bind.class);
    Bind none = read("{\"Proto\":\"tcp\",\"Opts\":{\"ProxyProto\":0}}", Bind.class);

    assertThat(bind.trafficPolicy()).isEqualTo("{}");
    assertThat(bind.proxyProtocol()).isEqualTo("2");
    assertThat(none.proxyProtocol()).isEmpty();
    assertThat(none.trafficPolicy()).isEmpty();
  }

  @Test
  void anAnswerRepeatsTheOptionsForTheReconnection() throws IOException {
    Bind bind = read("{\"Proto\":\"https\",\"Opts\":{\"Domain\":\"a\",\"Auth\":\"\"}}", Bind.class);

    String answer =
        json(BindAnswer.accepted(bind, new BoundEndpoint("b1", "https://a.internal", "tn_1")));

    assertThat(answer)
        .isEqualTo(
            "{\"Id\":\"b1\",\"URL\":\"https://a.internal\",\"Proto\":\"https\","
                + "\"Opts\":{\"Domain\":\"a\",\"Auth\":\"\",\"URL\":\"https://a.internal\"},"
                + "\"Error\":\"\",\"Extra\":{\"Token\":\"\",\"TunnelID\":\"tn_1\"}}");
  }

  @Test
  void aRefusalEndsWithItsCode() {
    assertThat(json(AuthAnswer.refused(new Refused("Not you.", "ERR_NGROK_107"))))
        .contains("\"Error\":\"Not you.\\r\\n\\r\\nERR_NGROK_107\\r\\n\"");
    assertThat(json(new Outcome(new Refused("No.", null).text()))).isEqualTo("{\"Error\":\"No.\"}");
  }

  @Test
  void aSessionIsShownToTheAgentAloneAndNotToALog() {
    AuthAnswer answer = AuthAnswer.accepted(new OpenedSession("c1", "ts_1", SECRET));

    assertThat(json(answer))
        .contains("\"ClientId\":\"c1\"", "\"Cookie\":\"" + SECRET + "\"")
        .contains("\"AgentSessionID\":\"ts_1\"", "\"Error\":\"\"");
    assertThat(answer.toString()).doesNotContain(SECRET);
  }

  @Test
  void aProxiedConnectionBeginsWithTypeLengthAndHeader() {
    byte[] bytes = ProxyStart.of("b1", "203.0.113.7:4711", "https", false).bytes();
    String text = new String(bytes, 12, bytes.length - 12, StandardCharsets.UTF_8);

    assertThat(text)
        .isEqualTo(
            "{\"Id\":\"b1\",\"ClientAddr\":\"203.0.113.7:4711\",\"Proto\":\"https\","
                + "\"EdgeType\":\"3\",\"PassthroughTLS\":false}");
    assertThat(HexFormat.of().formatHex(bytes, 0, 12))
        .isEqualTo(
            "00000003" + HexFormat.of().toHexDigits((byte) text.length()) + "00000000000000");
    assertThat(List.of("tcp", "tls", "http"))
        .map(scheme -> ProxyStart.of("b", "c", scheme, true).edgeType())
        .containsExactly("1", "2", "3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[]", "null", "{\"Extra\": {\"Authtoken\": \"secret\"", "{\"Extra\": 1}"})
  void whatIsNoRequestIsRefusedWithoutItsText(String json) {
    assertThatThrownBy(() -> read(json, Auth.class))
        .isInstanceOf(ProtocolException.class)
        .hasNoCause()
        .hasMessage("a message of an agent cannot be read as Auth");
  }
}
