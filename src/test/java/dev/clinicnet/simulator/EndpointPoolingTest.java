package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.simulator.SimulatorClient.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointPoolingTest extends SimulatorTest {
  private static final String URL = "https://a.clinic1.internal";

  private Answer bind(boolean pooling) {
    return client.post(
        "/endpoints",
        SimulatorClient.object(
                "url",
                URL,
                "bindings",
                List.of("internal"),
                "pooling_enabled",
                pooling,
                "traffic_policy",
                DENY)
            .toString());
  }

  @Test
  void keepsASecondCloudEndpointOffAUrl() {
    assertThat(bind(false).status()).isEqualTo(201);
    assertThat(refusal(bind(false))).isEqualTo("ERR_NGROK_18009");
  }

  @Test
  void wantsAllMembersToPool() {
    assertThat(bind(false).status()).isEqualTo(201);
    assertThat(refusal(bind(true))).isEqualTo("ERR_NGROK_18016");
  }

  @Test
  void keepsOutAMemberThatDoesNotPool() {
    Answer first = bind(true);
    assertThat(bind(true).status()).isEqualTo(201);
    assertThat(refusal(bind(false))).isEqualTo("ERR_NGROK_18017");
    assertThat(patchRefusal("/endpoints/" + first.id(), "pooling_enabled", false))
        .isEqualTo("ERR_NGROK_18017");
  }

  @Test
  void countsAnAgentsEndpointAsAMember() {
    connect(created("/credentials").text("token"), URL);
    assertThat(refusal(bind(false))).isEqualTo("ERR_NGROK_18017");
    assertThat(refusal(bind(true))).isEqualTo("ERR_NGROK_18016");
  }
}
