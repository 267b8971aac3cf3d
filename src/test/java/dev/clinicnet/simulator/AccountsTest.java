package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.simulator.SimulatorClient.Answer;
import dev.clinicnet.simulator.wire.WireClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several accounts on one platform. */
class AccountsTest extends SimulatorTest {
  private static final String WEST = "2west_key";
  private static final String API = "https://api.clinic1.internal";

  @Override
  SimulatorOptions options() {
    return super.options().withRateLimit(4).withAccount("west", WEST);
  }

  @Test
  void eachHasItsOwnObjectsFaultsCountsAndLimit() {
    assertThat(west("POST", "/reserved_addrs", "{}").status()).isEqualTo(201);
    assertThat(client.get("/reserved_addrs").body().path("reserved_addrs")).isEmpty();
    assertThat(client.get("/_simulator/state").body().path("reserved_addrs")).isEmpty();
    assertThat(client.get("/_simulator/state?account=west").body().path("reserved_addrs"))
        .hasSize(1);
    assertThat(client.get("/_simulator/requests?account=west").body().path("POST /reserved_addrs"))
        .hasToString("1");

    client.post(
        "/_simulator/faults?account=west",
        "{\"method\": \"*\", \"path\": \"/*\", \"status\": 401, \"error_code\": \"ERR_NGROK_206\","
            + " \"times\": 2}");
    assertThat(west("GET", "/endpoints", null).status()).isEqualTo(401);
    assertThat(client.get("/endpoints").status()).isEqualTo(200);
    assertThat(west("GET", "/endpoints", null).status()).isEqualTo(401);

    for (int i = 0; i < 3; i++) {
      assertThat(west("GET", "/endpoints", null).status()).isEqualTo(200);
    }
    assertThat(west("GET", "/endpoints", null).status()).isEqualTo(429);
    assertThat(client.get("/endpoints").status()).isEqualTo(200);
  }

  @Test
  void aDomainBelongsToOneAndNoAddressIsGivenOutTwice() {
    created("/reserved_domains", "domain", "*.example.com");

    Answer refused = west("POST", "/reserved_domains", "{\"domain\": \"*.example.com\"}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("ERR_NGROK_414");
    String ours = created("/reserved_addrs").body().path("addr").asText();
    String theirs = west("POST", "/reserved_addrs", "{}").body().path("addr").asText();
    assertThat(ours).isNotEqualTo(theirs);
  }

  @Test
  void anUnknownAccountIsNamed() {
    assertThat(client.get("/_simulator/state?account=east").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "west"})
  void anAgentBelongsToTheAccountOfItsTokenAtEveryDoor(String door) {
    created("/reserved_domains", "domain", "*.example.com");
    clock.advance(DOMAIN_DELAY);
    Answer credential = west("POST", "/credentials", "{}");
    try (WireClient agent = agent(door);
        WireClient ours = agent(door)) {
      assertThat(error(agent.login(credential.text("token"), "", ""))).isEmpty();
      assertThat(error(ours.login(created("/credentials").text("token"), "", ""))).isEmpty();

      assertThat(error(agent.bind("b1", API, false))).isEmpty();
      assertThat(error(ours.bind("b1", API, false))).isEmpty();
      assertThat(error(agent.bind("b2", "https://a.example.com", false))).contains("ERR_NGROK_");
      assertThat(error(ours.bind("b2", "https://a.example.com", false))).isEmpty();

      assertThat(seen("tunnel_sessions", "?account=west").findValuesAsText("id"))
          .containsOnlyOnce(
              west("GET", "/tunnel_sessions", null).body().at("/tunnel_sessions/0/id").asText());
      assertThat(seen("endpoints", "?account=west").findValuesAsText("url")).containsExactly(API);
      assertThat(seen("endpoints", "").findValuesAsText("url"))
          .containsExactlyInAnyOrder(API, "https://a.example.com");

      west("DELETE", "/credentials/" + credential.id(), null);
      try (WireClient again = agent(door)) {
        assertThat(error(again.login(credential.text("token"), "", ""))).contains("ERR_NGROK_300");
      }
    }
  }

  @Test
  void theACLOfItsTokenHoldsInAFurtherAccount() {
    Answer credential = west("POST", "/credentials", "{\"acl\": [\"bind:*.clinic2.internal\"]}");
    try (WireClient agent = agent("default")) {
      agent.login(credential.text("token"), "", "");

      assertThat(error(agent.bind("b1", API, false))).contains("ERR_NGROK_316");
      assertThat(error(agent.bind("b2", "https://api.clinic2.internal", false))).isEmpty();
    }
  }

  @Test
  void faultsHitTheAgentsOfTheirAccountOnly() {
    Answer credential = west("POST", "/credentials", "{}");
    client.post(
        "/_simulator/faults?account=west",
        "{\"path\": \"/agent-session/bind\", \"error_code\": \"ERR_NGROK_334\"}");
    try (WireClient agent = agent("default");
        WireClient ours = agent("default")) {
      agent.login(credential.text("token"), "", "");
      ours.login(created("/credentials").text("token"), "", "");

      assertThat(error(ours.bind("b", API, false))).isEmpty();
      assertThat(error(agent.bind("b", API, false))).contains("ERR_NGROK_334");
    }
  }

  @Test
  void anAccessTokenWorksInItsAccountOnly() {
    Answer token =
        client.post(
            "/_simulator/access-tokens?account=west",
            "{\"scopes\": [\"tcp-addrs:write\", \"tunnel:start\"]}");
    String text = token.text("token");

    assertThat(text).startsWith("ngrok_pat_");
    assertThat(as(text, "POST", "/reserved_addrs", "{}").status()).isEqualTo(201);
    assertThat(seen("reserved_addrs", "?account=west")).hasSize(1);
    assertThat(seen("reserved_addrs", "")).isEmpty();
    assertThat(as(text, "GET", "/endpoints", null).code()).isEqualTo("ERR_NGROK_29001");
    try (WireClient agent = agent("default")) {
      assertThat(error(agent.login(text, "", ""))).isEmpty();
      assertThat(seen("tunnel_sessions", "?account=west")).hasSize(1);
    }

    west("DELETE", "/access_tokens/" + token.id(), null);
    assertThat(as(text, "POST", "/reserved_addrs", "{}").code())
        .isEqualTo(SimulatorError.KEY_INVALID.code());
    assertThat(seen("reserved_addrs", "")).isEmpty();
    try (WireClient agent = agent("default")) {
      assertThat(error(agent.login(text, "", ""))).contains("ERR_NGROK_107");
    }
  }

  private static String error(JsonNode answer) {
    return answer.path("Error").asText();
  }

  private JsonNode seen(String resource, String account) {
    return client.get("/_simulator/state" + account).body().path(resource);
  }

  private WireClient agent(String account) {
    String query = account.equals("default") ? "" : "?account=" + account;
    JsonNode edge = client.get("/_simulator/edge" + query).body();
    String address = edge.path("agents").asText();
    return new WireClient(
        new InetSocketAddress(
            InetAddress.getLoopbackAddress(),
            Integer.parseInt(address.substring(address.indexOf(':') + 1))),
        edge.path("certificate_authority").asText());
  }

  private Answer west(String method, String path, String body) {
    return as(WEST, method, path, body);
  }

  private Answer as(String key, String method, String path, String body) {
    Map<String, String> headers = SimulatorClient.headers();
    headers.put("Authorization", "Bearer " + key);
    if (body == null) {
      headers.remove("Content-Type");
    }
    return client.send(method, path, body, headers);
  }
}
