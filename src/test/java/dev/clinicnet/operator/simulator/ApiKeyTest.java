package dev.clinicnet.operator.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ApiKeyTest extends SimulatorTest {

  @Override
  SimulatorOptions options() {
    return super.options().withApiKey("only_this");
  }

  @Test
  void refusesEveryKeyButTheGivenOne() {
    assertThat(refusal(client.get("/credentials"))).isEqualTo("ERR_NGROK_203");
    var headers = SimulatorClient.headers();
    headers.remove("Content-Type");
    headers.put("Authorization", "Bearer only_this");
    assertThat(client.send("GET", "/credentials", null, headers).status()).isEqualTo(200);
  }

  @Test
  void keepsTheKeyOutOfItsOptionsText() {
    assertThat(options().toString()).doesNotContain("only_this");
  }
}
