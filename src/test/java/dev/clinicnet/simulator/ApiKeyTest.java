package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.simulator.SimulatorClient.Answer;
import java.util.Map;
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

  @Test
  void takesAKeyThatWasCreatedUntilItIsDeleted() {
    // Given
    Answer key = with("only_this", "POST", "/api_keys", "{\"description\":\"ci\"}");
    // When
    int before = with(key.text("token"), "GET", "/vaults", null).status();
    with("only_this", "DELETE", "/api_keys/" + key.id(), null);
    Answer after = with(key.text("token"), "GET", "/vaults", null);
    // Then
    assertThat(before).isEqualTo(200);
    assertThat(refusal(after)).isEqualTo("ERR_NGROK_203");
  }

  @Test
  void belongsToAUserWhoExists() {
    String body = "{\"owner_id\":\"usr_2aBcDeFgHiJkLmNoPqRsTuVwXyZ\"}";
    assertThat(refusal(with("only_this", "POST", "/api_keys", body)))
        .isEqualTo(SimulatorError.OWNER_UNKNOWN.code());
  }

  private Answer with(String key, String method, String path, String body) {
    Map<String, String> headers = SimulatorClient.headers();
    headers.put("Authorization", "Bearer " + key);
    return client.send(method, path, body, headers);
  }
}
