package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.simulator.SimulatorClient.Answer;
import org.junit.jupiter.api.Test;

class ServiceUsersTest extends SimulatorTest {

  @Test
  void wantsAUniqueNameOfReasonableLength() {
    created("/service_users", "name", "a");
    assertThat(refusal("/service_users")).isEqualTo("ERR_NGROK_4109");
    assertThat(refusal("/service_users", "name", "x".repeat(256))).isEqualTo("ERR_NGROK_4110");
    assertThat(refusal("/service_users", "name", "a")).isEqualTo("ERR_NGROK_4112");
  }

  @Test
  void keepsItsOwnNameInAPatch() {
    String path = "/service_users/" + created("/service_users", "name", "a").id();
    Answer patched = client.patch(path, "{\"name\":\"a\",\"active\":false}");
    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.body().get("active").asBoolean()).isFalse();
  }

  @Test
  void showsTheSameUsersUnderTheLegacyName() {
    Answer user = created("/service_users", "name", "a");
    Answer bots = client.get("/bot_users");
    assertThat(user.id()).startsWith("service_");
    assertThat(bots.body().at("/bot_users/0/id").asText())
        .isEqualTo(user.id().replace("service_", "bot_"));
    assertThat(refusal("/bot_users", "name", "a")).isEqualTo("ERR_NGROK_4112");
    assertThat(refusal(client.get("/bot_users/" + user.id()))).isEqualTo("ERR_NGROK_227");
    client.delete(bots.body().at("/bot_users/0/uri").asText());
    assertThat(client.get("/service_users/" + user.id()).status()).isEqualTo(404);
  }

  @Test
  void takesItsCredentialsWithIt() {
    String user = created("/service_users", "name", "a").id();
    created("/credentials", "owner_id", user);
    created("/credentials");
    client.delete("/service_users/" + user);
    assertThat(client.get("/credentials").body().get("credentials")).hasSize(1);
  }

  @Test
  void needsAnAdmin() {
    Answer user = created("/service_users", "name", "a");
    client.post("/_simulator/key-role", "{\"role\":\"developer\"}");
    assertThat(refusal("/service_users", "name", "b")).isEqualTo("ERR_NGROK_4111");
    assertThat(refusal(client.delete("/service_users/" + user.id()))).isEqualTo("ERR_NGROK_4111");
    assertThat(refusal("/credentials", "owner_id", user.id())).isEqualTo("ERR_NGROK_630");
    assertThat(client.get("/service_users").status()).isEqualTo(200);
    client.post("/_simulator/key-role", "{\"role\":\"admin\"}");
    assertThat(client.delete("/service_users/" + user.id()).status()).isEqualTo(204);
  }

  @Test
  void stopsAtThePlanLimit() {
    client.post("/_simulator/plan-limits", "{\"service_users\":0}");
    assertThat(refusal("/service_users", "name", "b")).isEqualTo("ERR_NGROK_4119");
  }
}
