package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.simulator.SimulatorClient.Answer;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Faults that strike the API of an agent, what is counted of it, and agents that change. */
class AgentAPITroubleTest extends AgentSite {
  private void inject(String fault) {
    Answer answer = client.post("/_simulator/faults", fault);
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
  }

  private JsonNode faults() {
    return client.get("/_simulator/faults").body();
  }

  @Test
  void holdsTheSecondRequestUntilItIsReleased() {
    inject("{\"path\": \"/agent-api/*\", \"hold\": true, \"skip\": 1}");
    assertThat(get("/api/status").status()).isEqualTo(200);

    CompletableFuture<Answer> held = client.sendLater("POST", url(agent, "/api/endpoints"), WEB);

    await().until(() -> faults().at("/faults/0/holding").asInt() == 1);
    assertThat(online()).hasSize(1);
    assertThat(get("/api/status").status()).isEqualTo(200);
    client.delete("/_simulator/faults");
    assertThat(held.join().status()).isEqualTo(201);
    assertThat(online()).hasSize(2);
  }

  @Test
  void losesTheAnswerToWhatItHasDone() {
    inject(
        """
        {"method": "POST", "path": "/agent-api/endpoints", "status": 502, "after": "commit",
         "msg": "the session is gone", "error_code": "ERR_NGROK_324"}
        """);

    Answer answer = api("POST", "/api/endpoints", WEB);

    assertThat(error(answer)).isEqualTo("502/103 the session is gone ERR_NGROK_324");
    assertThat(online()).hasSize(2);
    inject("{\"path\": \"/agent-api/endpoints/{id}\", \"drop\": true, \"after\": \"commit\"}");
    assertThatThrownBy(() -> api("DELETE", "/api/endpoints/web", null))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(online()).hasSize(1);
  }

  @Test
  void answersWithAnErrorOfTheAgent() {
    inject("{\"path\": \"/agent-api/*\", \"status\": 503, \"error_code\": \"104\"}");

    assertThat(error(get("/api/status"))).isEqualTo("503/104 Injected fault");
  }

  @Test
  void isStruckOnlyByFaultsThatNameIt() {
    inject("{\"path\": \"/{id}/{id}\", \"times\": 9}");
    inject("{\"path\": \"/*\", \"times\": 9}");

    assertThat(get("/api/status").status()).isEqualTo(200);
    assertThat(client.get("/agent-api/status").status()).isEqualTo(404);
    assertThat(client.get("/credentials").status()).isEqualTo(500);
  }

  @Test
  void isCountedBesideThePlatformsRequests() {
    client.delete("/_simulator/requests");
    api("POST", "/api/endpoints", WEB);
    get("/api/endpoints/web");
    get("/api/endpoints/none");
    get("/inspect/http");

    assertThat(client.get("/_simulator/requests").body())
        .isEqualTo(
            SimulatorClient.object(
                "GET /agent-api/endpoints/{id}", 2, "POST /agent-api/endpoints", 1));
    ObjectNode second =
        (ObjectNode) client.get("/_simulator/requests?detail=true").body().at("/requests/1");
    second.remove("at");
    assertThat(second)
        .isEqualTo(
            SimulatorClient.object(
                "method", "GET", "path", "/agent-api/endpoints/web", "status", 200));
  }

  @Test
  void hasTheEndpointsOfItsFileAgainAfterARestart() {
    api("DELETE", "/api/endpoints/agent-api", null);
    api("POST", "/api/endpoints", WEB);

    client.post("/tunnel_sessions/" + agent.text("session_id") + "/restart", "{}");

    assertThat(online()).containsExactly("https://agent-api.clinic1.internal");
    assertThat(get("/api/endpoints").body().findValuesAsText("name")).containsExactly("agent-api");
  }

  @Test
  void isGoneWithItsAgent() {
    String session = agent.text("session_id");
    inject("{\"path\": \"/agent-api/*\", \"hold\": true}");
    CompletableFuture<Answer> held = client.sendLater("GET", url(agent, "/api/status"), null);
    await().until(() -> faults().at("/faults/0/holding").asInt() == 1);

    client.post("/tunnel_sessions/" + session + "/stop", "{}");

    assertThat(held).failsWithin(java.time.Duration.ofSeconds(20));
    assertThatThrownBy(() -> get("/api/status")).isInstanceOf(UncheckedIOException.class);
    assertThat(client.get("/_simulator/agents").body().get("agents")).isEmpty();
  }

  @Test
  void isGoneWhenEverythingIsForgotten() {
    client.delete("/_simulator/state");

    assertThatThrownBy(() -> get("/api/status")).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void isThatOfAnOlderAgentWhereTheTestSaysSo() {
    client.delete("/_simulator/agents/" + agent.id());
    agent = connectAgent("?version=3.29.9");

    assertThat(agent.text("version")).isEqualTo("3.29.9");
    assertThat(
            client.get("/tunnel_sessions").body().at("/tunnel_sessions/0/agent_version").asText())
        .isEqualTo("3.29.9");
    assertThat(get("/api/status").text("agent_version")).isEqualTo("3.29.9");
    assertThat(get("/api/endpoints").status()).isEqualTo(404);
    assertThat(get("/api/endpoints/agent-api").status()).isEqualTo(404);
    assertThat(api("POST", "/api/endpoints", WEB).status()).isEqualTo(404);
    assertThat(get("/api/tunnels").body().findValuesAsText("name")).containsExactly("agent-api");
    String tunnel =
        "{\"name\": \"web\", \"proto\": \"http\", \"addr\": 80, \"domain\": \"web.clinic1.internal\"}";
    assertThat(api("POST", "/api/tunnels", tunnel).status()).isEqualTo(201);
    assertThat(error(api("POST", "/api/tunnels", tunnel))).contains("already exists");
    client.post(
        "/tunnel_sessions/"
            + client.get("/tunnel_sessions").body().at("/tunnel_sessions/0/id").asText()
            + "/restart",
        "{}");
    assertThat(get("/api/endpoints").status()).isEqualTo(404);
  }

  @Test
  void letsTwoHaveOneNameWhereTheAgentIsOlderStill() {
    client.delete("/_simulator/agents/" + agent.id());
    agent = connectAgent("?version=3.8.0");
    String tunnel = "{\"name\": \"web\", \"proto\": \"http\", \"addr\": 80, \"domain\": \"%s\"}";

    assertThat(get("/api/status").status()).isEqualTo(404);
    assertThat(api("POST", "/api/tunnels", tunnel.formatted("a.clinic1.internal")).status())
        .isEqualTo(201);
    assertThat(error(api("POST", "/api/tunnels", tunnel.formatted("a.clinic1.internal"))))
        .endsWith("ERR_NGROK_334");
    assertThat(api("POST", "/api/tunnels", tunnel.formatted("b.clinic1.internal")).status())
        .isEqualTo(201);
    assertThat(get("/api/tunnels/web").text("public_url")).isEqualTo("https://b.clinic1.internal");
    api("DELETE", "/api/tunnels/web", null);
    assertThat(online()).contains("https://a.clinic1.internal");
  }

  @Test
  void needsAVersionOfThreeNumbers() {
    Answer answer = client.post("/_simulator/agents?version=3.20", FILE.formatted(token, PUBLIC));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("msg")).contains("version");
  }
}
