package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.simulator.SimulatorClient.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void hasTheRolesThatAServiceUserMayHave() {
    Answer user = created("/service_users", "name", "a", "roles", List.of("developer-readonly"));
    assertThat(user.body().at("/roles/0").asText()).isEqualTo("developer-readonly");
    assertThat(created("/service_users", "name", "b").body().at("/roles/0").asText())
        .isEqualTo("developer");
    assertThat(refusal("/service_users", "name", "c", "roles", List.of("admin")))
        .isEqualTo("ERR_NGROK_IAM_SERVICE_USER_ROLE_NOT_ALLOWED");
    String path = "/service_users/" + user.id();
    assertThat(patchRefusal(path, "roles", List.of("developer", "developer-readonly")))
        .isEqualTo("ERR_NGROK_IAM_SERVICE_USER_ROLE_CONFLICT");
    client.patch(path, "{\"roles\":[\"team-manager\"]}");
    assertThat(client.get(path).body().at("/roles/0").asText()).isEqualTo("team-manager");
  }

  @ParameterizedTest
  @CsvSource({"refused,400,ERR_NGROK_214", "ignored,201,"})
  void mayNotKnowRolesYet(String roles, int status, String code) {
    client.post("/_simulator/behaviour", "{\"roles\":\"" + roles + "\"}");
    Answer answer =
        client.post("/service_users", "{\"name\":\"a\",\"roles\":[\"developer-readonly\"]}");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.body().has("roles")).isFalse();
    assertThat(client.post("/_simulator/behaviour", "{\"roles\":\"?\"}").status()).isEqualTo(400);
  }

  @Test
  void callsTheAPIWithAKeyOfItsOwnButAdministersNothing() {
    String user = created("/service_users", "name", "a").id();
    Answer key = created("/api_keys", "owner_id", user);
    String reader =
        created("/service_users", "name", "r", "roles", List.of("developer-readonly")).id();
    Answer readOnly = created("/api_keys", "owner_id", reader);

    assertThat(with(key, "POST", "/credentials", "{}").text("owner_id")).isEqualTo(user);
    assertThat(refusal(with(key, "POST", "/service_users", "{\"name\":\"b\"}")))
        .isEqualTo("ERR_NGROK_4111");
    assertThat(refusal(with(key, "POST", "/api_keys", "{\"owner_id\":\"" + reader + "\"}")))
        .isEqualTo("ERR_NGROK_630");
    assertThat(refusal(with(readOnly, "POST", "/credentials", "{}"))).isEqualTo("ERR_NGROK_635");
    assertThat(refusal(with(readOnly, "GET", "/credentials", null))).isEqualTo("ERR_NGROK_635");
    client.patch("/api_keys/" + key.id(), "{\"description\":\"d\"}");
    assertThat(client.get("/api_keys/" + key.id()).text("description")).isEqualTo("d");
    assertThat(client.get("/api_keys/" + key.id()).text("owner_id")).isEqualTo(user);
  }

  private Answer with(Answer key, String method, String path, String body) {
    Map<String, String> headers = SimulatorClient.headers();
    headers.put("Authorization", "Bearer " + key.text("token"));
    return client.send(method, path, body, headers);
  }

  @Test
  void stopsAtThePlanLimit() {
    client.post("/_simulator/plan-limits", "{\"service_users\":0}");
    assertThat(refusal("/service_users", "name", "b")).isEqualTo("ERR_NGROK_4119");
  }
}
