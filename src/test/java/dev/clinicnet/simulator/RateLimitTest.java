package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.simulator.SimulatorClient.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest extends SimulatorTest {

  @Override
  SimulatorOptions options() {
    return super.options().withRateLimit(3);
  }

  @Test
  void acceptsSoManyRequestsPerRollingMinuteAndDoesNotCountRefusedOnes() {
    for (int i = 0; i < 3; i++) {
      assertThat(client.get("/credentials").status()).isEqualTo(200);
      clock.advance(Duration.ofSeconds(10));
    }
    for (int i = 0; i < 5; i++) {
      Answer refused = client.get("/credentials");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.code()).isEqualTo("ERR_NGROK_226");
    }
    clock.advance(Duration.ofSeconds(30));
    assertThat(client.get("/credentials").status()).isEqualTo(200);
    assertThat(client.get("/credentials").status()).isEqualTo(429);
  }

  @Test
  void doesNotCountControlRequests() {
    for (int i = 0; i < 10; i++) {
      assertThat(client.get("/_simulator/requests").status()).isEqualTo(200);
    }
    assertThat(client.get("/credentials").status()).isEqualTo(200);
  }

  @Test
  void defaultsToTheDocumentedLimit() {
    assertThat(SimulatorOptions.defaults().rateLimit()).hasValue(120);
  }
}
