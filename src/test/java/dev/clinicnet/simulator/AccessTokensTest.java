package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.simulator.SimulatorClient.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTokensTest extends SimulatorTest {

  @Test
  void showsTheTokenOnceAndBeginsItAsDocumented() {
    Answer token =
        created("/access_tokens", "description", "ci", "scopes", List.of("domains:read"));

    assertThat(token.text("token")).startsWith("ngrok_pat_");
    Answer read = client.get("/access_tokens/" + token.id());
    assertThat(read.body().get("token").isNull()).isTrue();
    assertThat(read.body().at("/scopes/0").asText()).isEqualTo("domains:read");
    assertThat(client.get("/_simulator/state").body().toString()).doesNotContain("ngrok_pat_");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/reserved_domains,domains:read",
    "POST,/reserved_domains,domains:write",
    "GET,/reserved_addrs,tcp-addrs:read",
    "DELETE,/reserved_addrs/ra_2aBcDeFgHiJkLmNoPqRsTuVwXyZ,tcp-addrs:write",
    "GET,/bot_users,service-users:read",
    "PATCH,/credentials/cr_2aBcDeFgHiJkLmNoPqRsTuVwXyZ,credentials:write",
    "POST,/endpoints,endpoints:write",
    "GET,/tunnel_sessions,tunnel-sessions:read",
    "POST,/tunnel_sessions/ts_2aBcDeFgHiJkLmNoPqRsTuVwXyZ/stop,tunnel-sessions:manage",
    "GET,/vaults,vaults:read",
    "POST,/vault_secrets,secrets:write",
    "GET,/agent_ingresses,agent-ingresses:read",
    "GET,/access_tokens,access-tokens:read",
    "POST,/access_tokens,access-tokens:write",
    "POST,/kubernetes_operators,kubernetes-operators:write"
  })
  void namesTheScopeThatARequestLacks(String method, String path, String scope) {
    Answer lacking = with(token("made-up:read"), method, path);
    assertThat(lacking.status()).isEqualTo(403);
    assertThat(lacking.code()).isEqualTo("ERR_NGROK_29001");
    assertThat(lacking.text("msg")).contains("missing the `" + scope + "` scope");
    assertThat(with(token(scope), method, path).status()).isNotEqualTo(403);
  }

  @Test
  void isRefusedOnceItIsDeleted() {
    Answer token = created("/access_tokens", "scopes", List.of("domains:read"));
    client.delete("/access_tokens/" + token.id());
    assertThat(refusal(with(token.text("token"), "GET", "/reserved_domains")))
        .isEqualTo("ERR_NGROK_203");
  }

  @Test
  void wantsScopesOfTheRightForm() {
    assertThat(refusal("/access_tokens")).isEqualTo("ERR_NGROK_215");
    assertThat(refusal("/access_tokens", "scopes", List.of("Everything")))
        .isEqualTo("ERR_NGROK_215");
  }

  @Test
  void onlyItsOwnerChangesItsScopes() {
    Answer token = created("/access_tokens", "scopes", List.of("domains:read"));
    String path = "/access_tokens/" + token.id();
    assertThat(client.patch(path, "{\"scopes\":[\"vaults:read\"]}").status()).isEqualTo(200);
    ObjectNode state = (ObjectNode) client.get("/_simulator/state").body();
    ((ObjectNode) state.at("/access_tokens/0")).put("owner_id", "usr_else");
    client.send("PUT", "/_simulator/state", state.toString());
    assertThat(patchRefusal(path, "scopes", List.of("domains:read"))).isEqualTo("ERR_NGROK_256");
    assertThat(client.patch(path, "{\"description\":\"b\"}").status()).isEqualTo(200);
  }

  @Test
  void startsAnAgentWithTheScopeForThat() {
    assertThat(connect(token("tunnel:start"), "https://a.one.internal").status()).isEqualTo(201);
    assertThat(refusal(connect(token("domains:read"), "https://b.one.internal")))
        .isEqualTo("ERR_NGROK_15014");
    assertThat(refusal(connect("ngrok_pat_2aBcDeFgHiJkLmNoPqRsTuVwXyZ_0123456789abcdefg")))
        .isEqualTo("ERR_NGROK_107");
  }

  @Test
  void aTokenGivesNoScopesThatItLacks() {
    String writer = token("access-tokens:write", "domains:read");
    String more = "{\"scopes\":[\"domains:read\",\"credentials:write\"]}";

    Answer refused = with(writer, "POST", "/access_tokens", more);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("ERR_NGROK_29001");
    assertThat(refused.text("msg")).contains("missing the `credentials:write` scope");
    Answer less = with(writer, "POST", "/access_tokens", "{\"scopes\":[\"domains:read\"]}");
    assertThat(less.status()).isEqualTo(201);
    String path = "/access_tokens/" + less.id();
    assertThat(with(writer, "PATCH", path, more).code()).isEqualTo("ERR_NGROK_29001");
    assertThat(client.get(path).body().path("scopes")).hasSize(1);
    assertThat(client.patch(path, more).status()).isEqualTo(200);
  }

  @Test
  void aRestartedAgentLogsInAgainWithItsToken() {
    Answer token = created("/access_tokens", "scopes", List.of("tunnel:start"));
    connect(token.text("token"), "https://a.one.internal");
    String first = session();

    client.post("/tunnel_sessions/" + first + "/restart", "{}");

    String second = session();
    assertThat(second).isNotEmpty().isNotEqualTo(first);
    assertThat(client.get("/endpoints").body().at("/endpoints/0/url").asText())
        .isEqualTo("https://a.one.internal");
    client.delete("/access_tokens/" + token.id());
    client.post("/tunnel_sessions/" + second + "/restart", "{}");
    assertThat(session()).isEmpty();
  }

  @Test
  void doesNotStartAnAgentForAnOwnerWhoIsNotActive() {
    String user = created("/service_users", "name", "a").id();
    String key = created("/api_keys", "owner_id", user).text("token");
    String token =
        with(key, "POST", "/access_tokens", "{\"scopes\":[\"tunnel:start\"]}").text("token");
    connect(token, "https://a.one.internal");

    client.patch("/service_users/" + user, "{\"active\":false}");

    assertThat(refusal(connect(token, "https://b.one.internal"))).isEqualTo("ERR_NGROK_636");
    client.post("/tunnel_sessions/" + session() + "/restart", "{}");
    assertThat(session()).isEmpty();
  }

  private String session() {
    return client.get("/tunnel_sessions").body().at("/tunnel_sessions/0/id").asText();
  }

  private String token(String... scopes) {
    Answer token =
        client.send(
            "POST",
            "/_simulator/access-tokens",
            SimulatorClient.object("scopes", List.of(scopes)).toString(),
            Map.of());
    assertThat(token.status()).isEqualTo(201);
    return token.text("token");
  }

  private Answer with(String key, String method, String path) {
    boolean hasBody = method.equals("POST") || method.equals("PATCH");
    return with(key, method, path, hasBody ? "{}" : null);
  }

  private Answer with(String key, String method, String path, String body) {
    Map<String, String> headers = SimulatorClient.headers();
    headers.put("Authorization", "Bearer " + key);
    return client.send(method, path, body, headers);
  }
}
