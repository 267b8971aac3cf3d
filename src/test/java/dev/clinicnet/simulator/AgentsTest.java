package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.simulator.SimulatorClient.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentsTest extends SimulatorTest {

  private String token(String... acl) {
    return created("/credentials", "acl", List.of(acl)).text("token");
  }

  private static String code(Answer agent, int index) {
    assertThat(agent.status()).as("%s", agent.body()).isEqualTo(201);
    return agent.body().at("/endpoints/" + index + "/error_code").asText(null);
  }

  @Test
  void appearsAsSessionAndEndpoints() {
    String user = created("/service_users", "name", "clinic1").id();
    Answer credential =
        created("/credentials", "owner_id", user, "acl", List.of("bind:*.clinic1.internal"));
    Answer agent =
        client.post(
            "/_simulator/agents",
            """
            version: 3
            agent:
              authtoken: %s
              connect_url: connect.acme.com:443
              metadata: '{"hash":"abc"}'
              inspect_db_size: -1
              web_addr: false
            endpoints:
              - name: rest-api
                url: https://rest-api.clinic1.internal
                bindings: [internal]
                metadata: m
                pooling_enabled: true
                upstream:
                  url: http://192.168.1.100:8080
                  protocol: http1
                traffic_policy:
                  on_http_request:
                    - actions: [{type: log, config: {metadata: {}}}]
            """
                .formatted(credential.text("token")));
    assertThat(agent.status()).as("%s", agent.body()).isEqualTo(201);
    JsonNode session = client.get("/tunnel_sessions").body().at("/tunnel_sessions/0");
    assertThat(session.get("id").asText()).isEqualTo(agent.text("session_id"));
    assertThat(session.at("/credential/id").asText()).isEqualTo(credential.id());
    assertThat(session.get("metadata").asText()).isEqualTo("{\"hash\":\"abc\"}");
    JsonNode endpoint = client.get("/endpoints").body().at("/endpoints/0");
    assertThat(endpoint.get("type").asText()).isEqualTo("ephemeral");
    assertThat(endpoint.get("name").asText()).isEqualTo("rest-api");
    assertThat(endpoint.get("url").asText()).isEqualTo("https://rest-api.clinic1.internal");
    assertThat(endpoint.at("/principal/id").asText()).isEqualTo(user);
    assertThat(endpoint.at("/tunnel_session/id").asText()).isEqualTo(agent.text("session_id"));
    assertThat(endpoint.get("upstream_url").asText()).isEqualTo("http://192.168.1.100:8080");
    assertThat(endpoint.has("uri")).isFalse();
    assertThat(client.get("/_simulator/agents").body().get("agents")).hasSize(1);
    assertThat(agent.body().toString()).doesNotContain(credential.text("token"));
    String path = "/endpoints/" + endpoint.get("id").asText();
    assertThat(refusal(client.delete(path))).isEqualTo("ERR_NGROK_248");
    assertThat(patchRefusal(path, "metadata", "x")).isEqualTo("ERR_NGROK_248");
  }

  @Test
  void refusesBadAuthtokens() {
    assertThat(refusal(connect("nonsense"))).isEqualTo("ERR_NGROK_105");
    assertThat(refusal(connect("2aBcDeFgHiJkLmNoPqRsTuVwXyZ_abcdefghijklmnopqrstu")))
        .isEqualTo("ERR_NGROK_107");
    Answer credential = created("/credentials");
    client.delete("/credentials/" + credential.id());
    assertThat(refusal(connect(credential.text("token")))).isEqualTo("ERR_NGROK_300");
  }

  @Test
  void bindsWhatTheAclPermitsAndNamesWhatItDoesNot() {
    Answer agent =
        connect(
            token("bind:*.clinic1.internal"),
            "https://api.clinic1.internal",
            "tcp://db.clinic1.internal:5432",
            "https://api.clinic2.internal",
            "https://clinic1.internal");
    assertThat(code(agent, 0)).isNull();
    assertThat(code(agent, 1)).isNull();
    assertThat(code(agent, 2)).isEqualTo("ERR_NGROK_316");
    assertThat(code(agent, 3)).isEqualTo("ERR_NGROK_316");
    assertThat(agent.body().at("/endpoints/2/msg").asText()).contains("api.clinic2.internal");
    assertThat(client.get("/endpoints").body().get("endpoints")).hasSize(2);
  }

  @Test
  void aSchemeAndAPortInTheAclMustMatch() {
    Answer agent =
        connect(
            token("bind:tcp://db.clinic1.internal:5432", "bind:https://*.web.internal"),
            "tcp://db.clinic1.internal:5432",
            "https://a.web.internal",
            "tcp://db.clinic1.internal:5433",
            "tls://db.clinic1.internal:5432",
            "http://a.web.internal");
    assertThat(code(agent, 0)).isNull();
    assertThat(code(agent, 1)).isNull();
    for (int i = 2; i < 5; i++) {
      assertThat(code(agent, i)).isEqualTo("ERR_NGROK_316");
    }
  }

  @Test
  void bindsPublicNamesOnlyWhereTheyAreReserved() {
    created("/reserved_domains", "domain", "dashboard.clinic1.com");
    String address = created("/reserved_addrs").text("addr");
    clock.advance(DOMAIN_DELAY);
    Answer agent =
        connect(
            token(),
            "https://dashboard.clinic1.com",
            "tcp://" + address,
            "https://other.clinic1.com",
            "https://*.clinic1.com",
            "tcp://1.tcp.ngrok.io:29999",
            "https://dashboard.clinic1.com:8443");
    assertThat(code(agent, 0)).isNull();
    assertThat(code(agent, 1)).isNull();
    assertThat(code(agent, 2)).isEqualTo("ERR_NGROK_319");
    assertThat(code(agent, 3)).isEqualTo("ERR_NGROK_321");
    assertThat(code(agent, 4)).isEqualTo("ERR_NGROK_307");
    assertThat(code(agent, 5)).isEqualTo("ERR_NGROK_9035");
    Answer other = connect(token("bind:*.clinic1.internal"), "tcp://" + address);
    assertThat(code(other, 0)).isEqualTo("ERR_NGROK_308");
  }

  @Test
  void aRuleWithSchemeAndPortPermitsThatURLOnly() {
    Answer agent =
        connect(
            token("bind:tcp://db.clinic1.internal:22", "bind:https://*.clinic2.internal"),
            "tcp://db.clinic1.internal:22",
            "https://a.clinic2.internal",
            "tcp://db.clinic1.internal:23",
            "tls://db.clinic1.internal:22",
            "http://a.clinic2.internal");
    assertThat(code(agent, 0)).isNull();
    assertThat(code(agent, 1)).isNull();
    assertThat(code(agent, 2)).isEqualTo("ERR_NGROK_316");
    assertThat(code(agent, 3)).isEqualTo("ERR_NGROK_316");
    assertThat(code(agent, 4)).isEqualTo("ERR_NGROK_316");
  }

  @ParameterizedTest
  @CsvSource({
    "'', ERR_NGROK_9028",
    "tcp://, ERR_NGROK_356",
    "https://a.b.c.d.clinic1.internal, ERR_NGROK_9031",
    "tcp://db.clinic1.internal, ERR_NGROK_9030",
    "https://a.clinic1.internal/path, ERR_NGROK_9034",
    "ftp://a.clinic1.internal, ERR_NGROK_9036",
  })
  void refusesUrlsThatDoNotFit(String url, String code) {
    assertThat(code(connect(token(), url), 0)).isEqualTo(code);
  }

  @Test
  void refusesBindingsAndPoliciesThatDoNotFit() {
    String form =
        """
        version: 3
        agent: {authtoken: %s}
        endpoints:
          - {name: a, url: "https://a.example.com", bindings: [internal], upstream: {url: 80}}
          - {name: b, url: "https://b.internal", bindings: [secret], upstream: {url: 80}}
          - {name: c, url: "https://c.internal", traffic_policy: {inbound: []}, upstream: {url: 80}}
        """;
    Answer agent = client.post("/_simulator/agents", form.formatted(token()));
    assertThat(code(agent, 0)).isEqualTo("ERR_NGROK_9029");
    assertThat(code(agent, 1)).isEqualTo("ERR_NGROK_15005");
    assertThat(code(agent, 2)).isEqualTo("ERR_NGROK_9026");
  }

  @Test
  void letsNobodyElseOntoAUrlWithoutPooling() {
    connect(token(), "https://a.clinic1.internal");
    Answer second = connect(token(), "https://a.clinic1.internal");
    assertThat(code(second, 0)).isEqualTo("ERR_NGROK_334");
    assertThat(client.get("/tunnel_sessions").body().get("tunnel_sessions")).hasSize(2);
  }

  @Test
  void staysOnlineWithoutItsCredentialUntilItIsStopped() {
    Answer credential = created("/credentials");
    String session = connect(credential.text("token"), "https://a.internal").text("session_id");
    client.delete("/credentials/" + credential.id());
    assertThat(client.get("/tunnel_sessions/" + session).status()).isEqualTo(200);
    assertThat(client.post("/tunnel_sessions/" + session + "/stop", "{}").status()).isEqualTo(204);
    assertThat(client.get("/tunnel_sessions/" + session).status()).isEqualTo(404);
    assertThat(client.get("/endpoints").body().get("endpoints")).isEmpty();
    assertThat(client.get("/_simulator/agents").body().get("agents")).isEmpty();
  }

  @Test
  void comesBackFromARestartAsAnotherSession() {
    Answer agent = connect(token(), "https://a.internal");
    String path = "/tunnel_sessions/" + agent.text("session_id");
    assertThat(client.post(path + "/restart", "{}").status()).isEqualTo(204);
    assertThat(client.get(path).status()).isEqualTo(404);
    JsonNode sessions = client.get("/tunnel_sessions").body().get("tunnel_sessions");
    assertThat(sessions).hasSize(1);
    assertThat(client.get("/endpoints").body().get("endpoints")).hasSize(1);
    String again = "/tunnel_sessions/" + sessions.at("/0/id").asText();
    assertThat(client.post(again + "/update", "{}").status()).isEqualTo(204);
  }

  @Test
  void refusesRemoteOperationsWhereRemoteManagementIsOff() {
    String file = "version: 3\nagent: {authtoken: %s, remote_management: false}\n";
    Answer agent = client.post("/_simulator/agents", file.formatted(token()));
    String path = "/tunnel_sessions/" + agent.text("session_id");
    assertThat(refusal(client.post(path + "/restart", "{}"))).isEqualTo("ERR_NGROK_804");
    assertThat(refusal(client.post(path + "/stop", "{}"))).isEqualTo("ERR_NGROK_805");
    assertThat(refusal(client.post(path + "/update", "{}"))).isEqualTo("ERR_NGROK_806");
  }

  @Test
  void goesOfflineWhenItDisconnects() {
    Answer agent = connect(token(), "https://a.internal");
    String path = "/_simulator/agents/" + agent.id();
    assertThat(client.delete(path).status()).isEqualTo(204);
    assertThat(client.delete(path).status()).isEqualTo(404);
    assertThat(client.get("/tunnel_sessions").body().get("tunnel_sessions")).isEmpty();
    assertThat(client.get("/endpoints").body().get("endpoints")).isEmpty();
  }
}
