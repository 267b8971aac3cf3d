package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.simulator.SimulatorClient.Answer;
import org.junit.jupiter.api.Test;

class SelfTest extends SimulatorTest {

  @Test
  void tellsTheAccountAndTheKeyAsCaptured() {
    Answer self = client.get("/self");
    assertThat(self.body().at("/account/id").asText()).startsWith("ac_");
    assertThat(self.body().at("/account/suspended").asBoolean(true)).isFalse();
    assertThat(self.body().at("/account/traffic_full_capture").asBoolean(true)).isFalse();
    assertThat(self.body().at("/account/min_agent_version").asText()).isNotBlank();
    assertThat(self.body().at("/api_key/id").asText()).startsWith("ak_");
    assertThat(self.body().at("/api_key/owner_id").asText()).startsWith("usr_");
    assertThat(client.get("/self").body()).isEqualTo(self.body());
  }

  @Test
  void mayBeAbsentAndTellsWhatATestSays() {
    client.post(
        "/_simulator/behaviour", "{\"suspended\":true,\"traffic_full_capture\":true}");
    assertThat(client.get("/self").body().at("/account/suspended").asBoolean()).isTrue();
    assertThat(client.get("/self").body().at("/account/traffic_full_capture").asBoolean()).isTrue();
    client.post("/_simulator/behaviour", "{\"self\":false}");
    Answer gone = client.get("/self");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.body().at("/details/path").asText()).isEqualTo("/self");
    client.delete("/_simulator/state");
    assertThat(client.get("/self").status()).isEqualTo(200);
  }
}
