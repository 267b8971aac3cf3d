package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.simulator.SimulatorClient.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The state of the account itself: HIPAA mode, and what {@code GET /self} says. */
class HipaaModeTest extends SimulatorTest {
  private static final String POLICY = "on_http_request: [{actions: [{type: deny}]}]";

  @Test
  void allowsNoHttpEndpoint() {
    assertThat(client.post("/_simulator/account", "{\"hipaa\":true}").status()).isEqualTo(204);

    assertThat(
            refusal(
                "/endpoints",
                "url",
                "http://a.internal",
                "bindings",
                List.of("internal"),
                "traffic_policy",
                POLICY))
        .isEqualTo("ERR_NGROK_6031");
    Answer agent =
        client.post(
            "/_simulator/agents",
            """
            version: 3
            agent: {authtoken: %s}
            endpoints:
              - {name: a, url: "http://a.clinic1.internal", upstream: {url: 80}}
              - {name: b, url: "https://b.clinic1.internal", upstream: {url: 80}}
            """
                .formatted(
                    created("/credentials", "acl", List.of("bind:*.clinic1.internal"))
                        .text("token")));
    assertThat(agent.body().at("/endpoints/0/error_code").asText()).isEqualTo("ERR_NGROK_9043");
    assertThat(agent.body().at("/endpoints/1").has("error_code")).isFalse();
  }

  @Test
  void neverCapturesWholeRequests() {
    assertThat(client.post("/_simulator/account", "{\"traffic_full_capture\":true}").status())
        .isEqualTo(204);
    assertThat(client.post("/_simulator/account", "{\"hipaa\":true}").status()).isEqualTo(400);
    assertThat(client.post("/_simulator/account", "{\"other\":true}").status()).isEqualTo(400);
    assertThat(client.post("/_simulator/account", "{\"hipaa\":1}").status()).isEqualTo(400);
  }

  @Test
  void selfShowsTheAccount() {
    client.post("/_simulator/account", "{\"suspended\":true,\"traffic_full_capture\":true}");

    Answer self = client.get("/self");

    assertThat(self.status()).isEqualTo(200);
    assertThat(self.body().at("/account/id").asText()).startsWith("ac_");
    assertThat(self.body().at("/account/suspended").asBoolean()).isTrue();
    assertThat(self.body().at("/account/traffic_full_capture").asBoolean()).isTrue();
    client.post("/_simulator/account", "{\"self\":false}");
    assertThat(client.get("/self").status()).isEqualTo(404);
    client.delete("/_simulator/state");
    assertThat(client.get("/self").body().at("/account/suspended").asBoolean(true)).isFalse();
  }
}
