package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.simulator.SimulatorClient.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointsTest extends SimulatorTest {

  @Test
  void normalisesTheUrlAndRefersToTheReservation() {
    Answer domain = usableDomain("*.api.clinicnet.com");
    Answer endpoint =
        created(
            "/endpoints",
            "type",
            "cloud",
            "url",
            "HTTPS://Clinic1.API.clinicnet.com:443",
            "bindings",
            List.of("public"),
            "traffic_policy",
            DENY);
    assertThat(endpoint.text("url")).isEqualTo("https://clinic1.api.clinicnet.com");
    assertThat(endpoint.text("hostport")).isEqualTo("clinic1.api.clinicnet.com:443");
    assertThat(endpoint.text("traffic_policy")).isEqualTo(DENY);
    assertThat(endpoint.body().at("/domain/id").asText()).isEqualTo(domain.id());
    assertThat(endpoint.body().at("/domain/uri").asText()).isEqualTo(domain.text("uri"));
    for (String unset : List.of("description", "metadata", "tcp_addr", "principal", "name")) {
      assertThat(endpoint.body().has(unset)).as(unset).isFalse();
    }
    assertThat(client.get("/endpoints/" + endpoint.id()).body()).isEqualTo(endpoint.body());
  }

  @Test
  void refusesANameThatNothingReservedCoversOrNotYet() {
    assertThat(refusal("/endpoints", "url", "https://a.example.com", "traffic_policy", DENY))
        .isEqualTo("ERR_NGROK_18006");
    created("/reserved_domains", "domain", "a.example.com");
    assertThat(refusal("/endpoints", "url", "https://a.example.com", "traffic_policy", DENY))
        .isEqualTo("ERR_NGROK_18006");
    clock.advance(DOMAIN_DELAY);
    created("/endpoints", "url", "https://a.example.com", "traffic_policy", DENY);
  }

  @Test
  void letsAWildcardCoverAnyDepthButNotItsBase() {
    usableDomain("*.example.com");
    created("/endpoints", "url", "https://a.b.c.example.com", "traffic_policy", DENY);
    created("/endpoints", "url", "https://*.example.com", "traffic_policy", DENY);
    for (String url : List.of("https://example.com", "https://*.a.example.com")) {
      assertThat(refusal("/endpoints", "url", url, "traffic_policy", DENY))
          .isEqualTo("ERR_NGROK_18006");
    }
  }

  @Test
  void putsTcpOnReservedAddressesOnly() {
    Answer address = created("/reserved_addrs");
    Answer endpoint =
        created("/endpoints", "url", "tcp://" + address.text("addr"), "traffic_policy", CLOSE);
    assertThat(endpoint.body().at("/tcp_addr/id").asText()).isEqualTo(address.id());
    assertThat(endpoint.text("url")).isEqualTo("tcp://" + address.text("addr"));
    assertThat(refusal("/endpoints", "url", "tcp://1.tcp.ngrok.io:29999", "traffic_policy", CLOSE))
        .isEqualTo("ERR_NGROK_18006");
  }

  @Test
  void letsHttpsAndTlsNotShareAHostBecauseBothUsePort443() {
    usableDomain("a.example.com");
    created("/endpoints", "url", "https://a.example.com", "traffic_policy", DENY);

    assertThat(refusal("/endpoints", "url", "tls://a.example.com", "traffic_policy", CLOSE))
        .isEqualTo("ERR_NGROK_18009");
    created("/endpoints", "url", "http://a.example.com", "traffic_policy", DENY);
  }

  @ParameterizedTest
  @CsvSource({
    "https://a b.example.com, public, ERR_NGROK_249",
    "https:a, public, ERR_NGROK_249",
    "https://a.example.com/path, public, ERR_NGROK_18001",
    "https://u@a.example.com, public, ERR_NGROK_18001",
    "https://a!.example.com, public, ERR_NGROK_18001",
    "tcp://a.example.com, public, ERR_NGROK_18003",
    "tcp://a.example.com:70000, public, ERR_NGROK_18003",
    "a.example.com, public, ERR_NGROK_18022",
    "ftp://a.example.com, public, ERR_NGROK_18022",
    "https://a.example.com:8443, public, ERR_NGROK_18023",
    "https://a.clinic1.internal, public, ERR_NGROK_18007",
    "https://a.example.com, internal, ERR_NGROK_18007",
    "https://a.b.c.d.clinic1.internal, internal, ERR_NGROK_9031",
    "https://a.example.com, secret, ERR_NGROK_15005",
    "https://svc.ns, kubernetes, ERR_NGROK_18018",
    "http://svc.ns.more, kubernetes, ERR_NGROK_18001",
    "'', public, ERR_NGROK_18015",
  })
  void refusesUrlsAndBindingsThatDoNotFit(String url, String binding, String code) {
    assertThat(
            refusal("/endpoints", "url", url, "bindings", List.of(binding), "traffic_policy", DENY))
        .isEqualTo(code);
  }

  @Test
  void takesOneBinding() {
    assertThat(
            refusal(
                "/endpoints",
                "url",
                "https://a.example.com",
                "bindings",
                List.of("public", "public"),
                "traffic_policy",
                DENY))
        .isEqualTo("ERR_NGROK_15006");
    assertThat(
            refusal(
                "/endpoints",
                "url",
                "https://a.example.com",
                "bindings",
                List.of("public", "internal"),
                "traffic_policy",
                DENY))
        .isEqualTo("ERR_NGROK_18007");
  }

  @Test
  void wantsAPolicyAsText() {
    assertThat(refusal("/endpoints", "url", "https://a.example.com")).isEqualTo("ERR_NGROK_18011");
    assertThat(refusal("/endpoints", "url", "https://a.example.com", "traffic_policy", ""))
        .isEqualTo("ERR_NGROK_18011");
    assertThat(
            refusal(
                "/endpoints",
                "url",
                "https://a.example.com",
                "traffic_policy",
                SimulatorClient.object()))
        .isEqualTo("ERR_NGROK_215");
  }

  @Test
  void createsCloudEndpointsOnly() {
    assertThat(
            refusal(
                "/endpoints",
                "type",
                "agent",
                "url",
                "https://a.example.com",
                "traffic_policy",
                DENY))
        .isEqualTo("ERR_NGROK_248");
  }

  @Test
  void patchesInPlaceButNotToAnotherScheme() {
    usableDomain("*.example.com");
    Answer endpoint =
        created(
            "/endpoints",
            "url",
            "https://a.example.com",
            "traffic_policy",
            DENY,
            "description",
            "d",
            "metadata",
            "m");
    String path = "/endpoints/" + endpoint.id();
    assertThat(patchRefusal(path)).isEqualTo("ERR_NGROK_18004");
    assertThat(patchRefusal(path, "url", "http://a.example.com")).isEqualTo("ERR_NGROK_18005");
    assertThat(patchRefusal(path, "traffic_policy", "")).isEqualTo("ERR_NGROK_18011");
    assertThat(patchRefusal(path, "description", "x".repeat(256))).isEqualTo("ERR_NGROK_18012");
    assertThat(patchRefusal(path, "metadata", "x".repeat(4097))).isEqualTo("ERR_NGROK_18013");
    assertThat(patchRefusal(path, "type", "cloud")).isEqualTo("ERR_NGROK_214");
    Answer moved = client.patch(path, "{\"url\":\"https://b.example.com\",\"description\":\"\"}");
    assertThat(moved.text("url")).isEqualTo("https://b.example.com");
    assertThat(moved.body().has("description")).isFalse();
    assertThat(moved.text("metadata")).isEqualTo("m");
    assertThat(moved.id()).isEqualTo(endpoint.id());
  }

  @Test
  void stopsAtThePlanLimit() {
    client.post("/_simulator/plan-limits", "{\"endpoints\":0}");
    assertThat(
            refusal(
                "/endpoints",
                "url",
                "https://a.clinic1.internal",
                "bindings",
                List.of("internal"),
                "traffic_policy",
                DENY))
        .isEqualTo("ERR_NGROK_18010");
  }

  @Test
  void aTestChoosesWhatTheBindingOfInternalEndpointsIsCalled() {
    String id =
        created(
                "/endpoints",
                "url",
                "https://a.internal",
                "bindings",
                List.of("internal"),
                "traffic_policy",
                DENY)
            .id();
    client.post("/_simulator/behaviour", "{\"internal_binding\":\"private\"}");

    assertThat(client.get("/endpoints/" + id).body().at("/bindings/0").asText())
        .isEqualTo("private");
    assertThat(
            refusal(
                "/endpoints",
                "url",
                "https://a.internal",
                "bindings",
                List.of("internal"),
                "traffic_policy",
                DENY))
        .isEqualTo("ERR_NGROK_18009");
    assertThat(client.post("/_simulator/behaviour", "{\"internal_binding\":\"else\"}").status())
        .isEqualTo(400);
  }
}
