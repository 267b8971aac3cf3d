package dev.clinicnet.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinicnet.simulator.traffic.Connected.Fate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: restrict-ips, config: {enforce: true, allow: [203.0.113.0/24]}} | GOES_ON",
        "{type: restrict-ips, config: {enforce: true, allow: [198.51.100.0/24]}} | REFUSED",
        "{type: restrict-ips, config: {enforce: false, allow: [198.51.100.0/24]}} | GOES_ON",
        "{type: deny} | REFUSED",
        "{type: close-connection} | REFUSED",
        "{type: forward-internal, config: {url: 'tcp://db.internal:5432'}} | FORWARDED",
        "{type: log, config: {metadata: {a: '${conn.client_ip}'}}} | GOES_ON",
        "{type: log, config: {metadata: {a: '${conn.tls.version}'}}} | REFUSED",
        "{type: set-vars, config: {vars: [{a: 1}]}} | GOES_ON",
        "{type: terminate-tls} | GOES_ON",
      })
  void actionsDecideWhatBecomesOfTheConnection(String action, Fate fate) {
    Traffic traffic = new Traffic("{on_tcp_connect: [{name: r, actions: [" + action + "]}]}");
    assertThat(traffic.connect().fate()).isEqualTo(fate);
    if (fate != Fate.GOES_ON) {
      assertThat(traffic.decision().rule()).isEqualTo("r");
      assertThat(traffic.decision().endpoint()).isEqualTo("https://api.example.com");
    }
  }

  @Test
  void aRuleBeforeTheHandshakeRefusesWithoutOne() {
    // Given
    Traffic traffic =
        new Traffic(
            """
            on_tcp_connect:
              - actions: [ { type: restrict-ips, config: { enforce: true, allow: [ 10.0.0.0/8 ] } } ]
              - actions: [ { type: terminate-tls } ]
            """);
    // When
    Connected refused = traffic.connect();
    Connected admitted = traffic.from("10.1.2.3").connect();
    // Then
    assertThat(refused.fate()).isEqualTo(Fate.REFUSED);
    assertThat(refused.tls()).isEmpty();
    assertThat(traffic.decision())
        .isEqualTo(
            new Decision(
                "https://api.example.com",
                "on_tcp_connect[0]",
                "restrict-ips",
                "in no range that is allowed"));
    assertThat(admitted.tls()).isPresent();
    assertThat(traffic.handshakes).hasSize(1);
  }

  @Test
  void aRuleAfterTheHandshakeReadsTheCertificate() throws Exception {
    // Given
    String policy =
        """
        on_tcp_connect:
          - actions:
              - type: terminate-tls
                config:
                  mutual_tls_certificate_authorities: [ ca_1 ]
                  min_version: "1.3"
          - expressions: [ "conn.tls.client.subject.common_name != 'gateway'" ]
            actions: [ { type: deny } ]
          - actions: [ { type: forward-internal, config: { url: "tls://${conn.tls.client.san.dns_names[0]}.internal" } } ]
        """;
    for (String name : List.of("gateway", "other")) {
      Traffic traffic = new Traffic(policy);
      Certificates certificate = Certificates.named(name);
      traffic.account.authorities.put("ca_1", certificate.pem());
      traffic.tls =
          Optional.of(new TLSFacts("1.3", "X", "s", List.of(certificate.certificate()), true));
      // When
      Connected connected = traffic.connect();
      // Then
      TLSSettings settings = traffic.handshakes.get(0);
      assertThat(settings.authorities()).containsExactly(certificate.certificate());
      assertThat(settings.verification()).isEqualTo(TLSSettings.Verification.REQUIRE_AND_VERIFY);
      assertThat(settings.minVersion()).isEqualTo("1.3");
      assertThat(connected.fate())
          .isEqualTo(name.equals("gateway") ? Fate.FORWARDED : Fate.REFUSED);
      assertThat(traffic.forwarded)
          .isEqualTo(name.equals("gateway") ? List.of("tls://gateway.internal") : List.of());
    }
  }

  @Test
  void aCertificateThatNobodyHasShownFailsTheExpression() {
    Traffic traffic =
        new Traffic(
            """
            on_tcp_connect:
              - actions: [ { type: terminate-tls } ]
              - expressions: [ "conn.tls.client.subject.common_name == 'x'" ]
                actions: [ { type: log, config: { metadata: { a: b } } } ]
            """);
    assertThat(traffic.connect().fate()).isEqualTo(Fate.REFUSED);
    assertThat(traffic.decision().note()).startsWith("ERR_NGROK_2253: expressions[0]");
  }

  @ParameterizedTest
  @CsvSource({"halt, REFUSED", "continue, GOES_ON"})
  void anUnreachableTargetGoesByOnError(String onError, Fate fate) {
    Traffic traffic =
        new Traffic(
            """
            on_tcp_connect:
              - actions: [ { type: forward-internal, config: { url: "tcp://db.internal:1", on_error: %s } } ]
            """
                .formatted(onError));
    traffic.unreachable = new Unreachable("ERR_NGROK_3200", "the endpoint is offline");
    assertThat(traffic.connect().fate()).isEqualTo(fate);
    if (fate == Fate.REFUSED) {
      assertThat(traffic.decision().note()).startsWith("ERR_NGROK_3200");
    }
  }

  @Test
  void variablesOfAPhaseStayThereAndFindingsDoNot() throws Exception {
    // Given
    Traffic traffic =
        new Traffic(
            """
            on_tcp_connect:
              - actions:
                  - { type: set-vars, config: { vars: [ { a: 1 } ] } }
                  - { type: restrict-ips, config: { enforce: false, allow: [ 10.0.0.0/8 ] } }
            on_http_request:
              - expressions: [ "has(vars.a)" ]
                actions: [ { type: deny, config: { status_code: 418 } } ]
              - expressions: [ "actions.ngrok.restrict_ips.action == 'deny'" ]
                actions: [ { type: deny, config: { status_code: 404 } } ]
            """);
    // When
    Connected connected = traffic.connect();
    // Then
    assertThat(traffic.get(connected, "/").status()).isEqualTo(404);
  }

  @Test
  void anUnknownActionIsNamedWithItsRule() {
    Traffic traffic = new Traffic("{on_tcp_connect: [{name: r, actions: [{type: teleport}]}]}");
    assertThatThrownBy(traffic::connect)
        .isInstanceOf(Unmodelled.class)
        .hasMessageContaining("\"teleport\"")
        .hasMessageContaining("\"r\"");
  }
}
