package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.simulator.SimulatorClient.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelfPageTest extends SimulatorTest {

  @Test
  void isAboutTheKeyThatAsksAndItsUser() {
    String user = created("/service_users", "name", "a").id();
    Answer key = created("/api_keys", "owner_id", user);

    Answer self = self(key.text("token"));

    assertThat(self.body().at("/api_key/id").asText()).isEqualTo(key.id());
    assertThat(self.body().at("/api_key/owner_id").asText()).isEqualTo(user);
    assertThat(self.body().at("/user/id").asText()).isEqualTo(user);
    assertThat(self.body().at("/account/id"))
        .isEqualTo(client.get("/self").body().at("/account/id"));
  }

  @Test
  void isAboutTheKeyThatIsAlwaysThereForAnyOther() {
    Answer first = client.get("/api_keys");

    Answer self = client.get("/self");

    assertThat(self.body().at("/api_key/id")).isEqualTo(first.body().at("/keys/0/id"));
    assertThat(self.body().at("/api_key/owner_id")).isEqualTo(first.body().at("/keys/0/owner_id"));
    assertThat(self.body().at("/user/id")).isEqualTo(self.body().at("/api_key/owner_id"));
  }

  @Test
  void namesNoKeyWhereAnAccessTokenAsks() {
    Answer token = created("/access_tokens", "scopes", List.of("domains:read"));

    Answer self = self(token.text("token"));

    assertThat(self.body().path("api_key").isNull()).isTrue();
    assertThat(self.body().at("/user/id").asText()).isEqualTo(token.text("owner_id"));
  }

  private Answer self(String key) {
    Map<String, String> headers = SimulatorClient.headers();
    headers.remove("Content-Type");
    headers.put("Authorization", "Bearer " + key);
    return client.send("GET", "/self", null, headers);
  }
}
